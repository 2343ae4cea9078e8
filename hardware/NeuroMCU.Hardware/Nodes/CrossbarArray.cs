// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Platform;
using NeuroMCU.Hardware.Converters;
using NeuroMCU.Hardware.Outputs;

namespace NeuroMCU.Hardware.Nodes
{
    /// <summary>
    /// Memory devices in a crossbar, on the board of schematics/crossbar-8. The chosen row gets the pulse voltage and the chosen column
    /// ground; the other rows and columns get half of it. Source and switches are set while ENABLE holds everything at ground, so that
    /// ENABLE alone makes both edges of a voltage, on all lines at once.
    /// </summary>
    /// <remarks>
    /// A reading is the difference of two, with the row at the read voltage and at none: offsets of source, amplifier and converter drop
    /// out. What a column shows without voltage also tells that its amplifier has its supply. A line of the platform takes 6 µs to 30 µs
    /// to switch, so a pulse is never shorter.
    /// </remarks>
    internal sealed class CrossbarArray : INodeArray
    {
        /// <summary>Largest voltage in mV that the row buffers give.</summary>
        public const int MostMillivolts = 4800;

        /// <summary>Gain of the ADS1115 for a range of 4.096 V: 125 µV a code.</summary>
        public const int ConverterGain = 1;

        /// <summary>Codes of a column at 0 V: 2.5 V through 10 kΩ against 39 kΩ of the amplifier.</summary>
        internal const int RestCode = 15918;

        private const int MicrovoltsPerCode = 125;

        // Of the amplifier's output the divider leaves 10/49.
        private const int DividerTop = 10;
        private const int DividerSum = 49;

        // Amplifier and divider are off by 1 %; one without supply is off by volts.
        private const int RestSpan = 800;

        // The column's amplifier ends at some 5.5 V: what it can take through its feedback alone.
        private const int AmplifierMillivolts = 5500;

        private const int PulseOutput = 0;
        private const int HalfOutput = 1;
        private const int Middle = 2048;
        private const int SettleMicroseconds = 200;
        private const int SwitchMicroseconds = 10;
        private const int Million = 1000000;
        private const int PicoToMicro = 1000000000;

        private readonly CrossbarSettings _board;
        private readonly CrossbarParts _parts;
        private readonly IClock _clock;
        private readonly long _fullMillicodes;
        private int _row = -1;
        private int _column = -1;

        /// <summary>Initializes a new instance of the <see cref="CrossbarArray" /> class; rows and columns are at ground.</summary>
        public CrossbarArray(CrossbarSettings board, CrossbarParts parts, IClock clock)
        {
            _board = board;
            _parts = parts;
            _clock = clock;

            // pS · mV · Ω are 1e-15 V.
            long microvolts = (long)board.FullScale * board.ReadMillivolts / 1000 * board.FeedbackOhms / Million;
            _fullMillicodes = microvolts * DividerTop * 1000 / DividerSum / MicrovoltsPerCode;
            Release();
        }

        /// <inheritdoc />
        public int Rows => _board.Rows;

        /// <inheritdoc />
        public int Columns => _board.Columns;

        /// <inheritdoc />
        public bool SetsDirectly => false;

        /// <inheritdoc />
        public int Chip { get; private set; }

        /// <inheritdoc />
        /// <exception cref="InvalidOperationException">A chip does not answer, or the column's amplifier has no supply.</exception>
        public int Read(int node)
        {
            Prepare(node, 0, 0);
            Enable(true);
            int rest = Sample(node % _board.Columns);
            if (rest < RestCode - RestSpan || rest > RestCode + RestSpan)
            {
                throw new InvalidOperationException();
            }

            _parts.Source.Write(PulseOutput, CodeFor(_board.ReadMillivolts));
            int with = Sample(node % _board.Columns);
            Enable(false);
            _parts.Source.Write(PulseOutput, Middle);

            // The amplifier inverts: a current into the column lowers its voltage.
            long value = (long)(rest - with) * 1000 * Million / _fullMillicodes;
            return value < 0 ? 0 : (int)value;
        }

        /// <inheritdoc />
        /// <exception cref="InvalidOperationException">A chip does not answer; nothing was pulsed.</exception>
        public void Pulse(int node, int millivolts, int microseconds, int microamperes)
        {
            Prepare(node, Within(node, millivolts, microamperes), microamperes);
            Enable(true);
            long until = _clock.Now + microseconds - SwitchMicroseconds;
            while (_clock.Now < until)
            {
                // The voltage is on the node.
            }

            Release();
        }

        /// <inheritdoc />
        /// <exception cref="InvalidOperationException">A chip does not answer; no voltage is on the node.</exception>
        public void Bias(int node, int millivolts, int microamperes)
        {
            Prepare(node, Within(node, millivolts, microamperes), microamperes);
            Enable(true);
        }

        /// <inheritdoc />
        public void Set(int node, int value)
        {
            // Nodes of a crossbar are moved by pulses.
        }

        /// <inheritdoc />
        public void Keep()
        {
            // What a device keeps it keeps by itself.
        }

        /// <inheritdoc />
        public void Release()
        {
            Enable(false);
            _parts.Write.Write(0);
            _parts.Source.Write(PulseOutput, Middle);
            _parts.Source.Write(HalfOutput, Middle);
        }

        // A row has V = reference · (code − 2048)/1024: the source's output is doubled, shifted by the reference, and doubled again.
        private int CodeFor(int millivolts)
        {
            long scaled = (long)millivolts * 2048 / _board.ReferenceMillivolts;
            return Middle + (int)((scaled >= 0 ? scaled + 1 : scaled - 1) / 2);
        }

        private void Prepare(int node, int millivolts, int microamperes)
        {
            Enable(false);
            int row = 1 << (node / _board.Columns);
            int column = 1 << (node % _board.Columns);
            if (row != _row)
            {
                _row = -1;
                Pick(_parts.PickRow, row);
                _row = row;
            }

            if (column != _column)
            {
                _column = -1;
                Pick(_parts.PickColumn, column);
                _column = column;
            }

            _parts.Source.Write(PulseOutput, CodeFor(millivolts));
            _parts.Source.Write(HalfOutput, CodeFor(millivolts / 2));
            _parts.Write.Write((long)microamperes * _board.FeedbackOhms > AmplifierMillivolts * 1000L ? OutputLevel.Full : 0);
        }

        private void Pick(Adg715 chip, int mask)
        {
            Chip = chip.Address;
            if (!chip.Set(mask))
            {
                throw new InvalidOperationException();
            }
        }

        private void Enable(bool on)
        {
            _parts.Enable.Write(on ? OutputLevel.Full : 0);
        }

        // Where a node may draw more than it is allowed to, it is read first and gets as much less voltage.
        private int Within(int node, int millivolts, int microamperes)
        {
            int size = millivolts < 0 ? -millivolts : millivolts;
            long most = (long)_board.FullScale * size / PicoToMicro;
            if (most + (most / 2) <= microamperes)
            {
                return millivolts;
            }

            long conductance = (long)_board.FullScale * Read(node) / Million;
            long allowed = conductance == 0 ? size : (long)microamperes * PicoToMicro / conductance;
            int less = allowed < size ? (int)allowed : size;
            return millivolts < 0 ? -less : less;
        }

        private int Sample(int column)
        {
            long until = _clock.Now + SettleMicroseconds;
            while (_clock.Now < until)
            {
                // The amplifier settles.
            }

            Ads1115 converter = _parts.Columns[column / Ads1115.Inputs];
            Chip = converter.Address;
            int code = converter.Read(column % Ads1115.Inputs);
            if (code == Ads1115.NoAnswer)
            {
                throw new InvalidOperationException();
            }

            return code;
        }
    }
}
