// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Numerics
{
    /// <summary>
    /// exp(−Δt/τ) for one time constant and every whole Δt below <see cref="Range" />, as a product of two factors: one for the multiples
    /// of 512 µs, one for the rest. Two look-ups and one product cost an interpreter half of what a general power of two costs.
    /// </summary>
    public sealed class DecayTable
    {
        /// <summary>Bits of Δt that the fine factors cover.</summary>
        public const int FineBits = 9;

        /// <summary>Mask of those bits.</summary>
        public const int FineMask = (1 << FineBits) - 1;

        /// <summary>Largest Δt in µs, exclusive.</summary>
        public const int Range = 1 << (2 * FineBits);

        /// <summary>Fractional bits of the factors and of their shifted product.</summary>
        public const int Bits = 30;

        /// <summary>Half a unit of the product, for rounding to nearest.</summary>
        public const int Half = 1 << (Bits - 1);

        /// <summary>Initializes a new instance of the <see cref="DecayTable" /> class.</summary>
        /// <param name="rate">Leak rate log2(e)/τ in 1/µs, Q.40.</param>
        public DecayTable(long rate)
        {
            Rate = rate;
            int size = 1 << FineBits;
            Coarse = new int[size];
            Fine = new int[size];
            for (int i = 0; i < size; i++)
            {
                Coarse[i] = Exponential.Power((i << FineBits) * rate);
                Fine[i] = Exponential.Power(i * rate);
            }
        }

        /// <summary>Gets the leak rate in Q.40.</summary>
        public long Rate { get; }

        /// <summary>Gets the factors of the multiples of 512 µs, Q.30.</summary>
        public int[] Coarse { get; }

        /// <summary>Gets the factors of 0 to 511 µs, Q.30.</summary>
        public int[] Fine { get; }
    }
}
