// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Nodes
{
    /// <summary>What the driver of an array of potentiometers has to know of its board.</summary>
    internal sealed class PotentiometerSettings
    {
        /// <summary>Number of rows, that of capacitors included.</summary>
        public int Rows;

        /// <summary>True when the last row is one of capacitors.</summary>
        public bool LastRowLeaks;

        /// <summary>Number of columns, a multiple of four.</summary>
        public int Columns;

        /// <summary>Conductance in pS that a reading of 1 000 000 stands for.</summary>
        public int FullScale;

        /// <summary>Reference of both converters in mV.</summary>
        public int ReferenceMillivolts;

        /// <summary>Resistance in Ω that turns the current of a column into a voltage.</summary>
        public int FeedbackOhms;

        /// <summary>Voltage of a reading in mV.</summary>
        public int ReadMillivolts;

        /// <summary>Voltage in mV up to which a pulse moves nothing.</summary>
        public int DisturbMillivolts;

        /// <summary>Voltage of a full pulse in mV.</summary>
        public int PulseMillivolts;

        /// <summary>Width of a full pulse in µs.</summary>
        public int PulseMicroseconds;

        /// <summary>Share of the remaining range that a full pulse goes, in millionths.</summary>
        public int PulseShare;
    }
}
