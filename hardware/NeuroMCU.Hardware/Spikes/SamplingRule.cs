// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Spikes
{
    /// <summary>Whether an input is read often enough to see the spikes of a board.</summary>
    /// <remarks>
    /// A digital pulse is seen when one reading falls into it; two leave room for a late turn. On an analog trace at least three
    /// samples must fall within the width at half height: with two, at 10 kS/s, a spike of 2.06 V and 0.20 ms reads 1.85 V and 0.30 ms
    /// (measured in the Brain2Simulator project, github.com/haoran215/Brain2Simulator), so that neither threshold nor time can be trusted.
    /// </remarks>
    public static class SamplingRule
    {
        /// <summary>Readings that must fall into a digital pulse.</summary>
        public const int Digital = 2;

        /// <summary>Samples that must fall within the width of an analog spike at half its height.</summary>
        public const int Analog = 3;

        /// <summary>Gets how many readings must fall into a spike.</summary>
        /// <param name="kind">One of <see cref="SpikeInputKind" />.</param>
        /// <returns>Number of readings; 0 for a counter, which sees every edge.</returns>
        public static int Readings(int kind)
        {
            switch (kind)
            {
                case SpikeInputKind.Polled:
                    return Digital;
                case SpikeInputKind.Sampled:
                case SpikeInputKind.Stream:
                    return Analog;
                default:
                    return 0;
            }
        }

        /// <summary>Tells whether spikes are seen.</summary>
        /// <param name="kind">How the input is read, one of <see cref="SpikeInputKind" />.</param>
        /// <param name="rate">Readings per second.</param>
        /// <param name="width">Width of the spike at half its height in µs.</param>
        /// <returns>True when enough readings fall into it.</returns>
        public static bool Sees(int kind, int rate, int width) => (long)rate * width >= Readings(kind) * 1000000L;

        /// <summary>Gets the lowest rate that will do.</summary>
        /// <param name="kind">How the input is read, one of <see cref="SpikeInputKind" />.</param>
        /// <param name="width">Width of the spike at half its height in µs, more than 0.</param>
        /// <returns>Readings per second.</returns>
        public static int LowestRate(int kind, int width)
            => width <= 0 ? int.MaxValue : (int)(((Readings(kind) * 1000000L) + width - 1) / width);
    }
}
