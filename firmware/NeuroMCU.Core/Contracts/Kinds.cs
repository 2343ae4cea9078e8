// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Contracts
{
    /// <summary>How a population is brought forward in time.</summary>
    public static class UpdateKind
    {
        /// <summary>At its own events only; idle neurons cost nothing.</summary>
        public const int Event = 0;

        /// <summary>At every step of the network.</summary>
        public const int Clocked = 1;
    }

    /// <summary>How a read-out makes a value of spike counts.</summary>
    public static class ReadoutKind
    {
        /// <summary>Population vector around the peak of one population.</summary>
        public const int Population = 0;

        /// <summary>Direction from coincidence neurons of several bands of a front end.</summary>
        public const int Direction = 1;
    }

    /// <summary>What drives a board output.</summary>
    public static class OutputSource
    {
        /// <summary>A read-out, mapped linearly onto the output's range.</summary>
        public const int Readout = 0;

        /// <summary>A neuron: one pulse per spike.</summary>
        public const int Neuron = 1;
    }

    /// <summary>What a trace shows.</summary>
    public static class TraceQuantity
    {
        /// <summary>The membrane above rest, Q8.24.</summary>
        public const int Membrane = 0;

        /// <summary>The weight of a synapse, in units of its projection's scale.</summary>
        public const int Weight = -1;

        /// <summary>
        /// The current into a neuron that is driven by currents, in the population's unit; the first input of equations. Their other
        /// variables have the numbers above.
        /// </summary>
        public const int Current = 1;
    }
}
