// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Models.Machine
{
    /// <summary>
    /// Linear forms in 64 bits with one rounding: the constant holds half a unit of the result. Each loop has a method of its own, in
    /// which the device's interpreter is up to twice as fast as in a large switch. Loops that clip return how often they did.
    /// </summary>
    internal static class LinearLoops
    {
        internal static void Linear1(int[][] r, int[] code, int at)
        {
            int[] d = r[code[at + 1]];
            int[] a = r[code[at + 2]];
            long k = code[at + 3];
            long c = Words.Long(code, at + 4);
            int s = code[at + 6];
            int n = d.Length;
            for (int i = 0; i < n; i++)
            {
                d[i] = (int)(((a[i] * k) + c) >> s);
            }
        }

        internal static void Linear2(int[][] r, int[] code, int at)
        {
            int[] d = r[code[at + 1]];
            int[] a = r[code[at + 2]];
            long k = code[at + 3];
            int[] b = r[code[at + 4]];
            long l = code[at + 5];
            long c = Words.Long(code, at + 6);
            int s = code[at + 8];
            int n = d.Length;
            for (int i = 0; i < n; i++)
            {
                d[i] = (int)(((a[i] * k) + (b[i] * l) + c) >> s);
            }
        }

        internal static void Linear3(int[][] r, int[] code, int at)
        {
            int[] d = r[code[at + 1]];
            int[] a = r[code[at + 2]];
            long k = code[at + 3];
            int[] b = r[code[at + 4]];
            long l = code[at + 5];
            int[] e = r[code[at + 6]];
            long m = code[at + 7];
            long c = Words.Long(code, at + 8);
            int s = code[at + 10];
            int n = d.Length;
            for (int i = 0; i < n; i++)
            {
                d[i] = (int)(((a[i] * k) + (b[i] * l) + (e[i] * m) + c) >> s);
            }
        }

        internal static long Advance1(int[][] r, int[] code, int at)
        {
            int[] d = r[code[at + 1]];
            int[] y = r[code[at + 2]];
            long least = code[at + 3];
            long most = code[at + 4];
            int[] a = r[code[at + 5]];
            long k = code[at + 6];
            long c = Words.Long(code, at + 7);
            int s = code[at + 9];
            int n = d.Length;
            ulong span = (ulong)(most - least);
            int above = 0;
            int below = 0;
            int met = 0;
            for (int i = 0; i < n; i++)
            {
                long value = (((a[i] * k) + c) >> s) + y[i];
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

        internal static long Advance2(int[][] r, int[] code, int at)
        {
            int[] d = r[code[at + 1]];
            int[] y = r[code[at + 2]];
            long least = code[at + 3];
            long most = code[at + 4];
            int[] a = r[code[at + 5]];
            long k = code[at + 6];
            int[] b = r[code[at + 7]];
            long l = code[at + 8];
            long c = Words.Long(code, at + 9);
            int s = code[at + 11];
            int n = d.Length;
            ulong span = (ulong)(most - least);
            int above = 0;
            int below = 0;
            int met = 0;
            for (int i = 0; i < n; i++)
            {
                long value = (((a[i] * k) + (b[i] * l) + c) >> s) + y[i];
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

        internal static long Advance3(int[][] r, int[] code, int at)
        {
            int[] d = r[code[at + 1]];
            int[] y = r[code[at + 2]];
            long least = code[at + 3];
            long most = code[at + 4];
            int[] a = r[code[at + 5]];
            long k = code[at + 6];
            int[] b = r[code[at + 7]];
            long l = code[at + 8];
            int[] e = r[code[at + 9]];
            long m = code[at + 10];
            long c = Words.Long(code, at + 11);
            int s = code[at + 13];
            int n = d.Length;
            ulong span = (ulong)(most - least);
            int above = 0;
            int below = 0;
            int met = 0;
            for (int i = 0; i < n; i++)
            {
                long value = (((a[i] * k) + (b[i] * l) + (e[i] * m) + c) >> s) + y[i];
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

        internal static long Advance4(int[][] r, int[] code, int at)
        {
            int[] d = r[code[at + 1]];
            int[] y = r[code[at + 2]];
            long least = code[at + 3];
            long most = code[at + 4];
            int[] a = r[code[at + 5]];
            long k = code[at + 6];
            int[] b = r[code[at + 7]];
            long l = code[at + 8];
            int[] e = r[code[at + 9]];
            long m = code[at + 10];
            int[] f = r[code[at + 11]];
            long g = code[at + 12];
            long c = Words.Long(code, at + 13);
            int s = code[at + 15];
            int n = d.Length;
            ulong span = (ulong)(most - least);
            int above = 0;
            int below = 0;
            int met = 0;
            for (int i = 0; i < n; i++)
            {
                long value = (((a[i] * k) + (b[i] * l) + (e[i] * m) + (f[i] * g) + c) >> s) + y[i];
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
    }
}
