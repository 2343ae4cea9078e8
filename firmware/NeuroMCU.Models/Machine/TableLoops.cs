// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Models.Machine
{
    /// <summary>
    /// Functions of one variable from tables: entries at x0 + k·2^h, a straight line between two of them, and the line of the first or
    /// the last two beyond the ends.
    /// </summary>
    internal static class TableLoops
    {
        internal static void Table(int[][] r, int[] code, int at, int[][] tables)
        {
            int[] d = r[code[at + 1]];
            int[] x = r[code[at + 2]];
            int[] table = tables[code[at + 3]];
            int origin = code[at + 4];
            int h = code[at + 5];
            long half = (1L << h) >> 1;
            int within = (1 << h) - 1;
            uint last = (uint)(table.Length - 2);
            int n = d.Length;
            for (int i = 0; i < n; i++)
            {
                int p = x[i] - origin;
                int k = p >> h;
                p = p & within;
                if ((uint)k > last)
                {
                    k = k < 0 ? 0 : (int)last;
                    p = x[i] - origin - (k << h);
                }

                int low = table[k];
                d[i] = low + (int)((((long)(table[k + 1] - low) * p) + half) >> h);
            }
        }

        internal static long Advance1(int[][] r, int[] code, int at, int[][] tables)
        {
            int[] d = r[code[at + 1]];
            long least = code[at + 2];
            long most = code[at + 3];
            int[] x = r[code[at + 4]];
            int[] table = tables[code[at + 5]];
            int origin = code[at + 6];
            int h = code[at + 7];
            int[] a = r[code[at + 8]];
            long f = code[at + 9];
            long c = Words.Long(code, at + 10);
            int s = code[at + 12];
            int within = (1 << h) - 1;
            uint last = (uint)(table.Length - 2);
            int n = d.Length;
            ulong span = (ulong)(most - least);
            int above = 0;
            int below = 0;
            int met = 0;
            for (int i = 0; i < n; i++)
            {
                int p = x[i] - origin;
                int k = p >> h;
                p = p & within;
                if ((uint)k > last)
                {
                    k = k < 0 ? 0 : (int)last;
                    p = x[i] - origin - (k << h);
                }

                int low = table[k];
                long value = low + (((long)(table[k + 1] - low) * p) >> h) + (((a[i] * f) + c) >> s);
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

        internal static long Advance2(int[][] r, int[] code, int at, int[][] tables)
        {
            int[] d = r[code[at + 1]];
            long least = code[at + 2];
            long most = code[at + 3];
            int[] x = r[code[at + 4]];
            int[] table = tables[code[at + 5]];
            int origin = code[at + 6];
            int h = code[at + 7];
            int[] a = r[code[at + 8]];
            long f = code[at + 9];
            int[] b = r[code[at + 10]];
            long g = code[at + 11];
            long c = Words.Long(code, at + 12);
            int s = code[at + 14];
            int within = (1 << h) - 1;
            uint last = (uint)(table.Length - 2);
            int n = d.Length;
            ulong span = (ulong)(most - least);
            int above = 0;
            int below = 0;
            int met = 0;
            for (int i = 0; i < n; i++)
            {
                int p = x[i] - origin;
                int k = p >> h;
                p = p & within;
                if ((uint)k > last)
                {
                    k = k < 0 ? 0 : (int)last;
                    p = x[i] - origin - (k << h);
                }

                int low = table[k];
                long value = low + (((long)(table[k + 1] - low) * p) >> h) + (((a[i] * f) + (b[i] * g) + c) >> s);
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

        internal static long Gate(int[][] r, int[] code, int at, int[][] tables)
        {
            int[] d = r[code[at + 1]];
            int[] y = r[code[at + 2]];
            long least = code[at + 3];
            long most = code[at + 4];
            int[] x = r[code[at + 5]];
            int origin = code[at + 6];
            int h = code[at + 7];
            int[] rise = tables[code[at + 8]];
            int[] fall = tables[code[at + 9]];
            int s = code[at + 10];
            long half = (1L << s) >> 1;
            long halfEntry = (1L << h) >> 1;
            int within = (1 << h) - 1;
            uint last = (uint)(rise.Length - 2);
            int n = d.Length;
            ulong span = (ulong)(most - least);
            int above = 0;
            int below = 0;
            int met = 0;
            for (int i = 0; i < n; i++)
            {
                int p = x[i] - origin;
                int k = p >> h;
                p = p & within;
                if ((uint)k > last)
                {
                    k = k < 0 ? 0 : (int)last;
                    p = x[i] - origin - (k << h);
                }

                int f = rise[k];
                f = f + (int)((((long)(rise[k + 1] - f) * p) + halfEntry) >> h);
                int g = fall[k];
                g = g + (int)((((long)(fall[k + 1] - g) * p) + halfEntry) >> h);
                long value = y[i];
                value = value + f + ((half - (g * value)) >> s);
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
