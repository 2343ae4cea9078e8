// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Nodes
{
    /// <summary>What the driver of a crossbar has to know of its board.</summary>
    internal sealed class CrossbarSettings
    {
        /// <summary>Number of rows, at most eight.</summary>
        public int Rows;

        /// <summary>Number of columns, at most eight.</summary>
        public int Columns;

        /// <summary>Conductance in pS that a reading of 1 000 000 stands for.</summary>
        public int FullScale;

        /// <summary>Reference of the source in mV.</summary>
        public int ReferenceMillivolts;

        /// <summary>Resistance in Ω that turns the current of a column into a voltage.</summary>
        public int FeedbackOhms;

        /// <summary>Voltage of a reading in mV.</summary>
        public int ReadMillivolts;
    }
}
