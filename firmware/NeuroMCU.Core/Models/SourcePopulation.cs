// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;

namespace NeuroMCU.Core.Models
{
    /// <summary>Neurons without a membrane, which fire when an input tells them to.</summary>
    internal sealed class SourcePopulation : Population
    {
        /// <summary>Initializes a new instance of the <see cref="SourcePopulation" /> class.</summary>
        internal SourcePopulation(PopulationTable table, int first)
            : base(table, first)
        {
        }
    }
}
