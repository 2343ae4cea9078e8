// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Models.Machine
{
    /// <summary>Comparisons, and what is chosen by them.</summary>
    internal static class ChoiceLoops
    {
        internal static void Least(int[][] r, int[] code, int at)
        {
            int[] d = r[code[at + 1]];
            int[] a = r[code[at + 2]];
            int[] b = r[code[at + 3]];
            int n = d.Length;
            for (int i = 0; i < n; i++)
            {
                int value = a[i];
                d[i] = value < b[i] ? value : b[i];
            }
        }

        internal static void Most(int[][] r, int[] code, int at)
        {
            int[] d = r[code[at + 1]];
            int[] a = r[code[at + 2]];
            int[] b = r[code[at + 3]];
            int n = d.Length;
            for (int i = 0; i < n; i++)
            {
                int value = a[i];
                d[i] = value > b[i] ? value : b[i];
            }
        }

        internal static void Compare(int[][] r, int[] code, int at)
        {
            int[] d = r[code[at + 1]];
            int[] a = r[code[at + 2]];
            int[] b = r[code[at + 3]];
            int n = d.Length;
            for (int i = 0; i < n; i++)
            {
                d[i] = a[i] >= b[i] ? -1 : 0;
            }
        }

        internal static void Select(int[][] r, int[] code, int at)
        {
            int[] d = r[code[at + 1]];
            int[] mask = r[code[at + 2]];
            int[] a = r[code[at + 3]];
            int[] b = r[code[at + 4]];
            int n = d.Length;
            for (int i = 0; i < n; i++)
            {
                d[i] = mask[i] != 0 ? a[i] : b[i];
            }
        }

        internal static void And(int[][] r, int[] code, int at)
        {
            int[] d = r[code[at + 1]];
            int[] a = r[code[at + 2]];
            int[] b = r[code[at + 3]];
            int n = d.Length;
            for (int i = 0; i < n; i++)
            {
                d[i] = a[i] & b[i];
            }
        }

        internal static void Or(int[][] r, int[] code, int at)
        {
            int[] d = r[code[at + 1]];
            int[] a = r[code[at + 2]];
            int[] b = r[code[at + 3]];
            int n = d.Length;
            for (int i = 0; i < n; i++)
            {
                d[i] = a[i] | b[i];
            }
        }

        internal static void Not(int[][] r, int[] code, int at)
        {
            int[] d = r[code[at + 1]];
            int[] a = r[code[at + 2]];
            int n = d.Length;
            for (int i = 0; i < n; i++)
            {
                d[i] = ~a[i];
            }
        }

        internal static long Clip(int[][] r, int[] code, int at)
        {
            int[] d = r[code[at + 1]];
            int[] a = r[code[at + 2]];
            int least = code[at + 3];
            int most = code[at + 4];
            int n = d.Length;
            int above = 0;
            int below = 0;
            for (int i = 0; i < n; i++)
            {
                int value = a[i];
                if (value > most)
                {
                    value = most;
                    above++;
                }
                else if (value < least)
                {
                    value = least;
                    below++;
                }

                d[i] = value;
            }

            return Words.Counted(code, at, above, below, 0);
        }

        internal static void Hold(int[][] r, int[] code, int at)
        {
            int[] d = r[code[at + 1]];
            int[] held = r[code[at + 2]];
            int[] count = r[code[at + 3]];
            int n = d.Length;
            for (int i = 0; i < n; i++)
            {
                int left = count[i];
                if (left > 0)
                {
                    left--;
                    count[i] = left;
                    if (left > 0)
                    {
                        d[i] = held[i];
                    }
                }
            }
        }
    }
}
