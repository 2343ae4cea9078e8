// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Models.Machine
{
    /// <summary>Products and quotients of two variables.</summary>
    internal static class ProductLoops
    {
        internal static void Product(int[][] r, int[] code, int at)
        {
            int[] d = r[code[at + 1]];
            int[] a = r[code[at + 2]];
            int[] b = r[code[at + 3]];
            long c = Words.Long(code, at + 4);
            int s = code[at + 6];
            int n = d.Length;
            for (int i = 0; i < n; i++)
            {
                d[i] = (int)((((long)a[i] * b[i]) + c) >> s);
            }
        }

        internal static long Advance(int[][] r, int[] code, int at)
        {
            int[] d = r[code[at + 1]];
            int[] y = r[code[at + 2]];
            long least = code[at + 3];
            long most = code[at + 4];
            int[] f = r[code[at + 5]];
            int[] g = r[code[at + 6]];
            int q = code[at + 7];
            long j = code[at + 8];
            int[] a = r[code[at + 9]];
            long k = code[at + 10];
            int[] b = r[code[at + 11]];
            long l = code[at + 12];
            int[] e = r[code[at + 13]];
            long m = code[at + 14];
            long c = Words.Long(code, at + 15);
            int s = code[at + 17];
            long half = 1L << (q - 1);
            int n = d.Length;
            ulong span = (ulong)(most - least);
            int above = 0;
            int below = 0;
            int met = 0;
            for (int i = 0; i < n; i++)
            {
                long value = (((((((long)f[i] * g[i]) + half) >> q) * j) + (a[i] * k) + (b[i] * l) + (e[i] * m) + c) >> s) + y[i];
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

        internal static void Quotient(int[][] r, int[] code, int at)
        {
            int[] d = r[code[at + 1]];
            int[] a = r[code[at + 2]];
            int[] b = r[code[at + 3]];
            int s = code[at + 4];
            int n = d.Length;
            for (int i = 0; i < n; i++)
            {
                int by = b[i];
                d[i] = by == 0 ? 0 : (int)(((long)a[i] << s) / by);
            }
        }
    }
}
