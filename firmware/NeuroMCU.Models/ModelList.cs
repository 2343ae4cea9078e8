// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Models
{
    /// <summary>The models that the firmware knows. A new one is one more line here.</summary>
    public static class ModelList
    {
        /// <summary>One instance of each model; sources need none.</summary>
        public static readonly Model[] All = new Model[]
        {
            new Lif(),
            new Thyristor(),
            new Bursting(),
            new EquationModel(),
            new ExponentialLif(),
        };
    }
}
