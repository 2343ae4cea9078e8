# NeuroMCU, MIT licence. See LICENSE in the repository root.
# The figures of crossbar-8, for `check`, which sources it: devices are resistors in the deck, 2 ohm of wire from one to the next.

# crossbar NAME PULSE HALF ENABLE ROW COLUMN CHOSEN OTHERS: pulse and half-select voltage at the rows in V, the row and the column that are chosen (0 for
# none), the resistance of the device there and of the other 63; write=1 has the columns' fast path; columns 2, 4 ... of NAME.txt are OUT1 .. OUT8, then ROW1 .. ROW8, COL1 .. COL8, AIN1
crossbar() {
    local name=$1 pulse=$2 half=$3 enable=$4 row=$5 column=$6 chosen=$7 others=$8 r c
    cp "$work/crossbar-8.net" "$work/$name.net"
    spice "$name" "$work/$name.net" <<END
Vp +6V 0 6
Vm -6V 0 -6
V3 +3V3 0 3.3
Vref VREF 0 2.5
Venable ENABLE 0 $(awk -v e="$enable" 'BEGIN { print e * 3.3 }')
Vwrite WRITE 0 $(awk -v e="${write:-0}" 'BEGIN { print e * 3.3 }')
Vpulse SET_PULSE 0 $(awk -v v="$pulse" 'BEGIN { print (v / 2 + 2.5) / 2 }')
Vhalf SET_HALF 0 $(awk -v v="$half" 'BEGIN { print (v / 2 + 2.5) / 2 }')
$(for r in 1 2 3 4 5 6 7 8; do echo "Vr$r PICK_R$r 0 $([ "$r" = "$row" ] && echo 2.5 || echo 0)"; done)
$(for c in 1 2 3 4 5 6 7 8; do echo "Vc$c PICK_C$c 0 $([ "$column" = all ] || [ "$c" = "$column" ] && echo 2.5 || echo 0)"; done)
$(for r in 1 2 3 4 5 6 7 8; do
    echo "Rw${r}_0 ROW$r r${r}_1 2"
    for c in 1 2 3 4 5 6 7 8; do
        [ "$c" = 8 ] || echo "Rw${r}_$c r${r}_$c r${r}_$((c + 1)) 2"
        [ "$r" = 8 ] || echo "Rv${r}_$c c${r}_$c c$((r + 1))_$c 2"
        echo "Rd${r}_$c r${r}_$c c${r}_$c $([ "$r" = "$row" ] && [ "$c" = "${column/all/1}" ] && echo "$chosen" || echo "$others")"
    done
done
for c in 1 2 3 4 5 6 7 8; do echo "Rv0_$c COL$c c1_$c 2"; done)
.options method=gear reltol=1e-5
.tran 2u 2m 0 2u uic
.control
run
wrdata $name.txt v(OUT1) v(OUT2) v(OUT3) v(OUT4) v(OUT5) v(OUT6) v(OUT7) v(OUT8) v(ROW1) v(ROW2) v(ROW3) v(ROW4) v(ROW5) v(ROW6) v(ROW7) v(ROW8) v(COL1) v(COL2) v(COL3) v(COL4) v(COL5) v(COL6) v(COL7) v(COL8) v(AIN1)
.endc
END
}
# measured NAME: conductance of the device of row 1 and column 1 in uS at 0.5 V, against the run without voltage
measured() { awk -v a="$(last "$1" 2)" -v b="$(last cross-zero 2)" 'BEGIN { printf "%.4f", (b - a) / 20e3 / 0.5 * 1e6 }'; }
off() { awk -v g="$1" -v r="$2" -v full="$3" 'BEGIN { printf "%.3f", (g - 1e6 / r) / (1e6 / full) * 100 }'; }

crossbar cross-zero 0 0 1 1 all 10k 10k
crossbar cross-10k 0.5 0 1 1 all 10k 10k
row "crossbar-8: 10 kohm among 10 kohm, read error, % of 100 uS" "$(off "$(measured cross-10k)" 10e3 10e3)" -3 3 "3"
crossbar cross-100k 0.5 0 1 1 all 100k 10k
row "crossbar-8: 100 kohm among 10 kohm, read error, % of 100 uS" "$(off "$(measured cross-100k)" 100e3 10e3)" -3 3 "3"
row "crossbar-8: AIN1 at a reading, V" "$(last cross-10k 50)" 0.3 3.1 "-"
write=1 crossbar cross-write 4 2 1 1 1 10k 10k
row "crossbar-8: voltage across the chosen device at 4 V, V" "$(awk -v a="$(last cross-write 18)" -v b="$(last cross-write 34)" 'BEGIN { printf "%.3f", a - b }')" 3.9 4.05 4
row "crossbar-8: across one in its row, V" "$(awk -v a="$(last cross-write 18)" -v b="$(last cross-write 36)" 'BEGIN { printf "%.3f", a - b }')" 1.9 2.1 2
row "crossbar-8: across one in its column, V" "$(awk -v a="$(last cross-write 20)" -v b="$(last cross-write 34)" 'BEGIN { printf "%.3f", a - b }')" 1.9 2.1 2
row "crossbar-8: across one in neither, V" "$(awk -v a="$(last cross-write 20)" -v b="$(last cross-write 36)" 'BEGIN { printf "%.3f", a - b }')" -0.05 0.05 0
crossbar cross-soft 4 2 1 1 1 100k 100k
row "crossbar-8: chosen device of 100 kohm at 4 V without WRITE, V" "$(awk -v a="$(last cross-soft 18)" -v b="$(last cross-soft 34)" 'BEGIN { printf "%.3f", a - b }')" 3.9 4.05 4
crossbar cross-short 4.8 0 1 1 all 1k 1000meg
row "crossbar-8: current into 1 kohm at 4.8 V, uA" "$(awk -v a="$(last cross-short 18)" -v b="$(last cross-short 34)" 'BEGIN { printf "%.1f", (a - b) / 1e3 * 1e6 }')" 0 520 "the amplifier ends"
row "crossbar-8: AIN1 with the amplifier at its end, V" "$(last cross-short 50)" 0 3.3 "-"
crossbar cross-start -5 -5 0 0 none 10k 10k
row "crossbar-8: rows with both converters at 0 V and ENABLE low, V" "$(last cross-start 18)" -0.02 0.02 0
