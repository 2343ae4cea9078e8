# NeuroMCU, MIT licence. See LICENSE in the repository root.
# The figures of the node boards, for `check`, which sources it: a node's conductance at its taps, what its neighbours do to it, what the amplifiers
# have left, and how a volatile node charges and leaks.

# array BOARD NAME SECONDS LINE...: runs the board with its rows at rest and these lines; columns 2, 4 ... of NAME.txt are OUT1 ..., then VMID
array() {
    local board=$1 name=$2 seconds=$3 outputs rows charges middle
    shift 3
    case "$board" in
        nodes-16) rows='1 2 3 4' outputs='v(OUT1) v(OUT2) v(OUT3) v(OUT4)' charges='1 2 3 4' middle='v(VMID)' ;;
        *) rows='1 2 3 4 5 6 7 8' outputs='v(OUT1) v(OUT2) v(OUT3) v(OUT4) v(OUT5) v(OUT6) v(OUT7) v(OUT8)' charges= middle='v(VMID1)' ;;
    esac
    spice "$name" "$work/$name.net" <<END
V3 +3V3 0 3.3
Vref VREF 0 2.5
$(for r in $rows; do echo "Vrow$r ROW$r 0 $(given "ROW$r" 1.25 "$@")"; done)
$(for c in $charges; do echo "Vcharge$c CHARGE$c 0 $(given "CHARGE$c" 0 "$@")"; done)
.options method=gear reltol=1e-5
.tran $(awk -v t="$seconds" 'BEGIN { print t / 2000, t, 0, t / 2000 }') uic
.control
run
wrdata $name.txt $outputs $middle
.endc
END
}
# given WHAT DEFAULT WHAT=VALUE...: the value that the arguments give, or the default
given() {
    local what=$1 value=$2 pair; shift 2
    for pair in "$@"; do [ "${pair%%=*}" = "$what" ] && value=${pair#*=}; done
    echo "$value"
}
# taps BOARD NAME CHIP T0 T1 T2 T3 [CHIP ...]: a netlist of the board with the wipers of these chips set, the others at tap 0
taps() {
    local board=$1 name=$2; shift 2
    sed -E 's#^(XU.* MCP4461) .*#\1 T0=0 T1=0 T2=0 T3=0#' "$work/$board.net" >"$work/$name.net"
    while [ $# -gt 4 ]; do
        sed -i -E "s#^(X$1 .* MCP4461) .*#\1 T0=$2 T1=$3 T2=$4 T3=$5#" "$work/$name.net"; shift 5
    done
}
# last NAME COLUMN: the value at the end of the run
last() { awk -v c="$2" 'END { print $c }' "$work/$1.txt"; }
# step NAME COLUMN AGAINST: by how much a column is lower than in the other run
step() { awk -v a="$(last "$1" "$2")" -v b="$(last "$3" "$2")" 'BEGIN { printf "%.6f", b - a }'; }

# readings BOARD FEEDBACK: rows and columns of the board's own size
readings() {
    local board=$1 feedback=$2 n columns worst=0 set full chips row
    n=$([ "$board" = nodes-16 ] && echo 4 || echo 8)
    columns=$n
    chips=$((n * n / 4))
    taps "$board" "$board-rest"; array "$board" "$board-rest" 0.08
    taps "$board" "$board-full" U1 256 256 256 256; array "$board" "$board-full" 0.08 ROW1=2.45
    full=$(step "$board-full" 2 "$board-rest")
    row "$board: conductance of a full node, uS" "$(awk -v v="$full" -v r="$feedback" 'BEGIN { printf "%.3f", v / r / 1.2 * 1e6 }')" 9.9 10.1 "10 (nominal)"
    for set in '0 1 32 64' '96 128 160 192' '200 224 255 256'; do
        # shellcheck disable=SC2086 # four words
        taps "$board" "$board-taps" U1 $set
        array "$board" "$board-taps" 0.08 ROW1=2.45
        worst=$(awk -v set="$set" -v full="$full" -v worst="$worst" '
            NR == FNR { for (i = 2; i <= 8; i += 2) rest[i] = $i; next }
            { for (i = 2; i <= 8; i += 2) at[i] = $i }
            END {
                split(set, tap, " ")
                for (k = 1; k <= 4; k++) {
                    x = tap[k] / 256
                    e = ((rest[2 * k] - at[2 * k]) / full - x / (1 + 0.1 * x * (1 - x))) * 100
                    if (e < 0) e = -e
                    if (e > worst) worst = e
                }
                printf "%.4f", worst }' "$work/$board-rest.txt" "$work/$board-taps.txt")
    done
    row "$board: a tap against the driver's law, % of full scale" "$worst" 0 0.2 "0.2, half a tap"
    # shellcheck disable=SC2046 # words: every chip but the first row's at full
    taps "$board" "$board-others" U1 128 0 0 0 $(for c in $(seq $((n / 4 + 1)) "$chips"); do echo "U$c 256 256 256 256"; done)
    array "$board" "$board-others" 0.08
    cp "$work/$board-others.net" "$work/$board-beside.net"; array "$board" "$board-beside" 0.08 ROW1=2.45
    taps "$board" "$board-alone" U1 128 0 0 0; array "$board" "$board-alone" 0.08 ROW1=2.45
    row "$board: what a full column does to a reading, % of full scale" \
        "$(awk -v a="$(step "$board-beside" 2 "$board-others")" -v b="$(step "$board-alone" 2 "$board-rest")" -v f="$full" 'BEGIN { printf "%.4f", (a - b) / f * 100 }')" -0.1 0.1 0
    # shellcheck disable=SC2046 # words
    taps "$board" "$board-most" $(for c in $(seq 1 "$chips"); do echo "U$c 256 256 256 256"; done)
    # shellcheck disable=SC2046 # words
    array "$board" "$board-most" 0.08 $(for row in $(seq 1 "$n"); do echo "ROW$row=2.45"; done)
    row "$board: lowest column with every node full at 1.2 V, V" "$(last "$board-most" 2)" 0.05 0.2 "-"
    row "$board: mid-rail pulled by it, mV" "$(awk -v v="$(last "$board-most" $((2 * columns + 2)))" 'BEGIN { printf "%.3f", (v - 1.25) * 1e3 }')" -2 2 0
}

# volatile node 1 of nodes-16: two pulses of 5 ms at 2.5 V, 50 ms apart, then nothing
leaking() {
    taps nodes-16 leak
    array nodes-16 leak 0.7 'CHARGE1=PWL(0 0 200m 0 200.1m 2.5 205m 2.5 205.1m 0 250m 0 250.1m 2.5 255m 2.5 255.1m 0)'
    read -r first second after tau < <(awk '
        $1 > 0.19 && $1 < 0.2 { rest = $2 }
        $1 > 0.2 && $1 < 0.24 && $2 - rest > p { p = $2 - rest }
        $1 > 0.25 && $1 < 0.3 && $2 - rest > q { q = $2 - rest }
        $1 > 0.28 && !a { a = $2 - rest; ta = $1 }
        $1 > 0.36 && !b { b = $2 - rest; tb = $1 }
        END { printf "%.4f %.4f %.4f %.2f\n", p / 24e3 * 1e6, q / 24e3 * 1e6, ($2 - rest) / q * 100, (a > b && b > 0) ? (tb - ta) / log(a / b) * 1e3 : 0 }' "$work/leak.txt")
    row "nodes-16: volatile node, first pulse of 5 ms, uA" "$first" 2 4.5 "-"
    row "nodes-16: its second pulse over the first" "$(over "$second" "$first")" 1.2 2 "above 1"
    row "nodes-16: its time constant, ms" "$tau" 85 115 "100 (nominal)"
    row "nodes-16: what is left 445 ms after, % of the peak" "$after" -2 3 1.2
}

readings nodes-16 24e3
leaking
readings nodes-64 12e3
