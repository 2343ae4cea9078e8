// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Models.Machine
{
    /// <summary>Steps that carry what rounding leaves, and random numbers: what keeps a register from step to step for itself.</summary>
    internal static class SlowLoops
    {
        // The mean of the four halves of two draws.
        private const int Mean = 131070;

        internal static long Advance(int[][] r, int[] code, int at)
        {
            int[] d = r[code[at + 1]];
            int[] y = r[code[at + 2]];
            long least = code[at + 3];
            long most = code[at + 4];
            int[] left = r[code[at + 5]];
            int[] a = r[code[at + 6]];
            long k = code[at + 7];
            int[] b = r[code[at + 8]];
            long l = code[at + 9];
            int[] e = r[code[at + 10]];
            long m = code[at + 11];
            long c = Words.Long(code, at + 12);
            int s = code[at + 14];
            int up = s > 31 ? s - 31 : 0;
            ulong span = (ulong)(most - least);
            int n = d.Length;
            int above = 0;
            int below = 0;
            int met = 0;
            for (int i = 0; i < n; i++)
            {
                long sum = (a[i] * k) + (b[i] * l) + (e[i] * m) + c + ((long)left[i] << up);
                long step = sum >> s;
                left[i] = (int)((sum - (step << s)) >> up);
                long value = step + y[i];
                if ((ulong)(value - least) >= span)
                {
                    if (value < least)
                    {
                        value = least;
                        below++;
                    }
                    else
                    {
                        above += value > most ? 1 : 0;
                        met++;
                        value = most;
                    }
                }

                d[i] = (int)value;
            }

            return Words.Counted(code, at, above, below, met);
        }

        internal static void Noise(int[][] r, int[] code, int at)
        {
            int[] d = r[code[at + 1]];
            int[] states = r[code[at + 2]];
            int n = d.Length;
            for (int i = 0; i < n; i++)
            {
                uint x = (uint)states[i];
                x ^= x << 13;
                x ^= x >> 17;
                x ^= x << 5;
                int sum = (int)(x & 0xFFFF) + (int)(x >> 16);
                x ^= x << 13;
                x ^= x >> 17;
                x ^= x << 5;
                states[i] = (int)x;
                d[i] = sum + (int)(x & 0xFFFF) + (int)(x >> 16) - Mean;
            }
        }
    }
}
