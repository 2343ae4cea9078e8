// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Image
{
    /// <summary>Neuron models by their number in the image.</summary>
    public static class ModelKind
    {
        /// <summary>Spike source: fires when told to (stored spikes, Poisson, injection, a front end).</summary>
        public const int Source = 0;

        /// <summary>Leaky integrate-and-fire.</summary>
        public const int Lif = 1;
    }

    /// <summary>How a population is brought forward in time.</summary>
    public static class UpdateKind
    {
        /// <summary>At its own events only; idle neurons cost nothing.</summary>
        public const int Event = 0;

        /// <summary>At every step of the network.</summary>
        public const int Clocked = 1;
    }

    /// <summary>What a spike does at the target.</summary>
    public static class SynapseKind
    {
        /// <summary>Adds the weight to the membrane at once.</summary>
        public const int Delta = 0;

        /// <summary>Adds the weight to a current that decays exponentially.</summary>
        public const int Exponential = 1;
    }

    /// <summary>What a neuron does after its spike.</summary>
    public static class ResetKind
    {
        /// <summary>u becomes the reset value.</summary>
        public const int Value = 0;

        /// <summary>θ − reset value is taken off u, so that the excess is kept.</summary>
        public const int Subtract = 1;
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
}
