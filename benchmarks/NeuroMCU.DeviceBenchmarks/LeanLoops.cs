// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.DeviceBenchmarks
{
    /// <summary>The yardsticks: an addition, and the leanest loop over leaky integrate-and-fire neurons that can be written by
    /// hand.</summary>
    public static class LeanLoops
    {
        /// <summary>Adds ints, twenty additions a turn.</summary>
        /// <param name="turns">Turns of the loop.</param>
        /// <returns>The sum, so that nothing is left out.</returns>
        public static int Additions(int turns)
        {
            int a = 1;
            int b = 3;
            for (int i = 0; i < turns; i++)
            {
                a = a + b;
                a = a + b;
                a = a + b;
                a = a + b;
                a = a + b;
                a = a + b;
                a = a + b;
                a = a + b;
                a = a + b;
                a = a + b;
                a = a + b;
                a = a + b;
                a = a + b;
                a = a + b;
                a = a + b;
                a = a + b;
                a = a + b;
                a = a + b;
                a = a + b;
                a = a + b;
            }

            return a;
        }

        /// <summary>The loop around the additions, empty.</summary>
        /// <param name="turns">Turns of the loop.</param>
        /// <returns>The number of turns.</returns>
        public static int Empty(int turns)
        {
            int i;
            for (i = 0; i < turns; i++)
            {
            }

            return i;
        }

        /// <summary>
        /// Leaky integrate-and-fire neurons by hand: decay in Q0.31 with a 64-bit product and rounding to nearest, input, threshold, reset,
        /// saturation at the floor (the threshold saturates the other side). Everything in locals, one pass, no calls; what does not fit a
        /// byte is no constant but a local, which an interpreter loads faster.
        /// </summary>
        /// <param name="membrane">Membranes, Q8.24.</param>
        /// <param name="input">Input of this step; cleared.</param>
        /// <param name="factor">Decay, Q0.31.</param>
        /// <param name="steps">Number of steps.</param>
        /// <returns>The number of spikes.</returns>
        public static int Neurons(int[] membrane, int[] input, int factor, int steps)
        {
            int[] v = membrane;
            int[] s = input;
            long decay = factor;
            long half = 1L << 30;
            long threshold = 1 << 24;
            long floor = -(1 << 24);
            int reset = 0;
            int n = v.Length;
            int spikes = 0;
            for (int step = 0; step < steps; step++)
            {
                for (int i = 0; i < n; i++)
                {
                    long u = (((v[i] * decay) + half) >> 31) + s[i];
                    if (u >= threshold)
                    {
                        u = reset;
                        spikes++;
                    }
                    else if (u < floor)
                    {
                        u = floor;
                    }

                    v[i] = (int)u;
                }

                Array.Clear(s, 0, n);
            }

            return spikes;
        }
    }
}
