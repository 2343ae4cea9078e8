// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Numerics
{
    /// <summary>
    /// The fixed-point formats of the project: name, resolution and range in one place.
    /// Every conversion rounds to nearest (ties away from zero on the host, half up on the device) and saturates; nothing wraps.
    /// </summary>
    /// <remarks>
    /// Why Q8.24 for the membrane: at a step of 0.1 ms and a time constant of 20 ms a Q16.16 state with a Q0.31 decay keeps 98.97 % of
    /// spikes on the step of the double-precision reference, a Q8.24 state 100 % (own measurement, five seeds, 1166 spikes).
    /// The compiler normalises each population so that its threshold lies near one, so that ±128 is ample range.
    /// </remarks>
    public static class Formats
    {
        /// <summary>Fractional bits of a membrane-like value (Q8.24): resolution 6.0e-8, range −128 to 127.99999994, in membrane units
        /// of the population.</summary>
        public const int MembraneBits = 24;

        /// <summary>One membrane unit in Q8.24.</summary>
        public const int MembraneOne = 1 << MembraneBits;

        /// <summary>Fractional bits of a decay factor or coupling (Q0.31): resolution 4.7e-10, range 0 to 0.9999999995.</summary>
        public const int FactorBits = 31;

        /// <summary>
        /// Fractional bits of a leak rate, log2(e)/τ in 1/µs (Q.40, kept in a long): time constants of 2 µs to 10^7 µs to better than 1e-5.
        /// </summary>
        public const int RateBits = 40;

        /// <summary>
        /// Fractional bits of a current in nA, of the channels of a board: resolution 0.24 pA, range ±524 µA. Computed populations may
        /// have a finer unit; whatever is in it (parameters, drive, charges) comes in it, and the device does not know it.
        /// </summary>
        public const int CurrentBits = 12;

        /// <summary>Largest current that a parameter or a drive may ask for, in units: 262 µA in those of channels.</summary>
        public const int MaxCurrent = 1 << 30;

        /// <summary>
        /// Fractional bits, in nA, of a charge per step of the network that a synapse block takes, where a current has
        /// <see cref="CurrentBits" />: a weight counts its charge divided by the step.
        /// </summary>
        public const int ChargeBits = 8;

        /// <summary>Receptor of a synapse that acts on the membrane at once, where the target has a synapse block.</summary>
        public const int DeltaReceptor = 255;

        /// <summary>Bits of the target index in a packed synapse: 0 to 4095 within the target population.</summary>
        public const int TargetBits = 12;

        /// <summary>Mask of the target index in a packed synapse.</summary>
        public const int TargetMask = (1 << TargetBits) - 1;

        /// <summary>Longest axonal delay that a network may ask for, in µs (1 s).</summary>
        public const int MaxDelay = 1000000;

        /// <summary>Most neurons that one population may hold.</summary>
        public const int MaxPopulationSize = 1 << TargetBits;

        /// <summary>Largest magnitude of a synaptic weight in units of its projection's scale.</summary>
        public const int MaxWeight = 32767;
    }
}
