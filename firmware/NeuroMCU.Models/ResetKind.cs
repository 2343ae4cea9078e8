// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Models
{
    /// <summary>What a leaky integrate-and-fire neuron does after its spike.</summary>
    public static class ResetKind
    {
        /// <summary>u becomes the reset value.</summary>
        public const int Value = 0;

        /// <summary>θ − reset value is taken off u, so that the excess is kept.</summary>
        public const int Subtract = 1;
    }
}
