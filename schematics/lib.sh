# NeuroMCU, MIT licence. See LICENSE in the repository root.
# What `check`, `simulate` and the other commands share: netlists that KiCad exports from the sheets, and ngspice run over them.
# Sourced with the folder `schematics` as working directory. $tool is the caller's name for messages; $work, made by workspace, holds
# the decks and their results; $failed turns 1 when a run fails.
failed=0
supplies='V5 +5V 0 5
V3 +3V3 0 3.3'

# programs [NAME...]: ends the caller with 2 and says what to install when one is missing; without names kicad-cli and ngspice
programs() {
    local missing= program
    [ $# -gt 0 ] || set -- kicad-cli ngspice
    for program in "$@"; do command -v "$program" >/dev/null 2>&1 || missing="$missing $program"; done
    if [ -z "$missing" ] && [ "$(kicad-cli version | cut -d. -f1)" -lt 9 ]; then missing=" kicad-cli 9 or later (this is $(kicad-cli version))"; fi
    [ -n "$missing" ] || return 0
    echo "$tool: not found:$missing" >&2
    echo "On Debian 12: add 'deb MIRROR bookworm-backports main' to /etc/apt/sources.list.d/backports.list, with the mirror that your sources name for bookworm, then" >&2
    echo "  apt-get update && apt-get install --no-install-recommends -t bookworm-backports kicad ngspice" >&2
    exit 2
}

# workspace [DIR]: where the decks go; without DIR a folder that is gone when the caller ends
workspace() {
    if [ -n "${1:-}" ]; then work=$1; mkdir -p "$work" || exit 2
    else work=$(mktemp -d) || exit 2; trap 'rm -rf "$work"' EXIT; fi
    work=$(cd "$work" && pwd)
    export KICAD_CONFIG_HOME="$work/kicad"   # the user's KiCad settings stay out of it
}

# netlist BOARD: the sheet's SPICE netlist as $work/BOARD.net; says what is wrong and returns 1 when there is none
netlist() {
    local out
    out=$(kicad-cli sch export netlist --format spice -o "$work/$1.raw" "$1/$1.kicad_sch" 2>&1)
    if [ -n "$out" ] || ! [ -s "$work/$1.raw" ]; then echo "${out:-no netlist}"; return 1; fi
    sed -e '/^\.title/d' -e '/^\.end$/d' "$work/$1.raw" >"$work/$1.net"
}

# put NETLIST PART VALUE...: other values for parts of an exported netlist; a part that the sheet does not have is an error
put() {
    local file=$1; shift
    while [ $# -gt 1 ]; do
        grep -q "^$1 " "$file" || { echo "$tool: $file has no part $1" >&2; exit 1; }
        sed -i -E "s#^($1 .* )[^ ]+\$#\1$2#" "$file"; shift 2
    done
}

# spice NAME NETLIST: runs the deck lines on stdin over the netlist; the data end up in NAME.txt
spice() {
    { echo "$1"; cat "$2" -; echo .end; } >"$work/$1.cir"
    rm -f "$work/$1.txt"
    (cd "$work" && ngspice -b "$1.cir" >"$1.log" 2>&1)
    if grep -qiE "singular|stepping failed|timestep too small|aborted" "$work/$1.log"; then echo "$tool: ngspice did not converge on $1.cir" >&2; failed=1; fi
    [ -s "$work/$1.txt" ] || { echo "$tool: ngspice failed on $1.cir:" >&2; tail -5 "$work/$1.log" >&2; failed=1; : >"$work/$1.txt"; }
}

# join BOARD TAG: the netlist with part names and local nets marked, to stand beside another board's; named nets connect
join() {
    awk -v tag="$2" '/^\./ { next } { $1 = $1 "_" tag; for (i = 2; i <= NF; i++) if ($i ~ /^(Net-|\/)/) $i = $i "_" tag; print }' "$work/$1.net"
}

# pulses NAME COLUMN FROM: rate, peak, lowest, width at half height of the pulses after FROM seconds. Edges within 50 us of the
# last are one: the thyristor model may chatter for a microsecond while it turns on.
pulses() {
    awk -v c="$2" -v from="$3" '
        NR == FNR { if ($1 >= from) { if (n++ == 0 || $c > top) top = $c; if (n == 1 || $c < low) low = $c } next }
        FNR == 1 { half = low + (top - low) / 2; real = (top - low > 0.02) }
        $1 >= from && real {
            if (seen && (v < half) != ($c < half)) at = t + ($1 - t) * (half - v) / ($c - v)
            if (seen && v < half && $c >= half) { if (k == 0 || at - last > 5e-5) { if (k++ == 0) first = at; last = at } up = at }
            if (seen && v >= half && $c < half && up) w += at - up
            v = $c; t = $1; seen = 1 }
        END { printf "%.2f %.4f %.4f %.4g\n", (k > 1 ? (k - 1) / (last - first) : 0), top, low, (k ? w / k * 1e3 : 0) }' "$work/$1.txt" "$work/$1.txt"
}

# mirror BOARD: sweeps the board's own current mirror into 1 V, without the thyristor, for drive
mirror() {
    sed '/^XD1 /d' "$work/$1.net" >"$work/mirror.net"
    spice transfer "$work/mirror.net" <<END
$supplies
Vdrive DRIVE 0 0
Vreset RESET 0 0
Vclamp V_M 0 1
.control
dc Vdrive 0 3.3 0.01
wrdata transfer.txt i(Vclamp)
.endc
END
}

# drive MICROAMPERES: the voltage on DRIVE for a current, by the last mirror; nothing when it cannot give that much
drive() {
    awk -v want="$1" '{ i = ($2 < 0 ? -$2 : $2) * 1e6; if (NR > 1 && p < want && i >= want) { print v + ($1 - v) * (want - p) / (i - p); exit } p = i; v = $1 }' "$work/transfer.txt"
}

# fire NAME NETLIST MICROAMPERES SECONDS [VECTOR]: load, membrane and SENSE (or VECTOR) over time in NAME.txt, columns 2, 4 and 6
fire() {
    spice "$1" "$2" <<END
$supplies
Vdrive DRIVE 0 $(drive "$3")
Vreset RESET 0 0
.options method=gear reltol=1e-4
.tran $(awk -v t="$4" 'BEGIN { print t / 20000, t, 0, t / 4000 }') uic
.control
run
wrdata $1.txt v(/V_A) v(V_M) ${5:-v(SENSE)}
.endc
END
}

# components NETLIST SET: puts a published component set on the neuron; the sheet is drawn with w25
components() {
    case "$2" in
        w25) put "$1" R8 680k C1 0.1u R9 2k XD1 P0118MA_W25 ;;
        w25-fig13) put "$1" R8 680k C1 33n R9 2k XD1 P0118MA_W25_FIG13 ;;
        w23) put "$1" R8 100k C1 10u R9 47 XD1 P0118MA_W23 ;;
        *) echo "$tool: '$2' is no component set; there are w25 (0.1 uF, 680 kOhm, 2 kOhm), w25-fig13 (33 nF, 680 kOhm, 2 kOhm) and w23 (10 uF, 100 kOhm, 47 Ohm)" >&2; exit 1 ;;
    esac
}
