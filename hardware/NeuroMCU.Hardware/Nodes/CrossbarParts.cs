// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Converters;
using NeuroMCU.Hardware.Outputs;

namespace NeuroMCU.Hardware.Nodes
{
    /// <summary>The open chips and lines of a crossbar.</summary>
    internal sealed class CrossbarParts
    {
        /// <summary>Outputs A and B: pulse and half voltage.</summary>
        public Ad5328 Source;

        /// <summary>Its switches choose rows.</summary>
        public Adg715 PickRow;

        /// <summary>Its switches choose columns.</summary>
        public Adg715 PickColumn;

        /// <summary>Four columns each.</summary>
        public Ads1115[] Columns;

        /// <summary>While low, rows and columns are at ground whatever the source gives.</summary>
        public DigitalOutput Enable;

        /// <summary>While high, the columns take large currents.</summary>
        public DigitalOutput Write;
    }
}
