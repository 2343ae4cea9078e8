// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>The node array in a board profile: its size, how it is read and written, and what it may never be given.</summary>
    public sealed class BoardNodes
    {
        /// <summary>What it is made of, one of <see cref="Nodes.NodeArrayKind" />.</summary>
        public int Kind;

        /// <summary>Number of rows.</summary>
        public int Rows;

        /// <summary>Number of columns.</summary>
        public int Columns;

        /// <summary>Conductance in pS that a reading of 1 000 000 stands for.</summary>
        public int FullScale;

        /// <summary>Voltage of a reading in mV.</summary>
        public int ReadMillivolts;

        /// <summary>Voltage in mV above which a node may move.</summary>
        public int DisturbMillivolts;

        /// <summary>Voltage of a full pulse in mV.</summary>
        public int PulseMillivolts;

        /// <summary>Width of a full pulse in µs.</summary>
        public int PulseMicroseconds;

        /// <summary>Share of the remaining range that a full pulse goes, in millionths.</summary>
        public int PulseShare;

        /// <summary>Largest voltage in mV.</summary>
        public int MaxMillivolts;

        /// <summary>Longest pulse in µs.</summary>
        public int MaxMicroseconds;

        /// <summary>Largest current in µA.</summary>
        public int MaxMicroamperes;

        /// <summary>First voltage of the forming staircase in mV; 0 when nodes need no forming.</summary>
        public int FormFromMillivolts;

        /// <summary>Last voltage of the forming staircase in mV.</summary>
        public int FormToMillivolts;

        /// <summary>Step of the forming staircase in mV.</summary>
        public int FormStepMillivolts;

        /// <summary>Width of a pulse of the forming staircase in µs.</summary>
        public int FormMicroseconds;

        /// <summary>Time in ms after which a volatile node has lost what a pulse gave it; 0 when every node keeps it.</summary>
        public int SettleMilliseconds;

        /// <summary>True when nodes never keep what a pulse gives them, formed or not.</summary>
        public bool AlwaysVolatile;

        /// <summary>Standard deviation of one reading in millionths of what it reads.</summary>
        public int ReadNoise;

        /// <summary>Resistance in Ω that turns the current of a column into a voltage; 0 on the virtual bench only.</summary>
        public int FeedbackOhms;

        /// <summary>GPIO that lets the voltages of a crossbar reach its rows and columns; -1 for none.</summary>
        public int EnablePin = -1;

        /// <summary>GPIO that gives the columns of a crossbar the path for large currents; -1 for none.</summary>
        public int WritePin = -1;

        /// <summary>True when the last row of an array of potentiometers is one of capacitors that leak.</summary>
        public bool LastRowLeaks;

        /// <summary>Gets the number of nodes.</summary>
        public int Count => Rows * Columns;

        /// <summary>Gets the number of nodes that are not in a row of capacitors.</summary>
        public int LastingCount => LastRowLeaks ? (Rows - 1) * Columns : Rows * Columns;
    }
}
