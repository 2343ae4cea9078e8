// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Platform;
using NeuroMCU.Hardware.Converters;

namespace NeuroMCU.Hardware.Nodes
{
    /// <summary>
    /// Nodes of digital potentiometers: each divides the voltage of its row against mid-rail, and its wiper sends a current through a
    /// resistor of 100 kΩ into its column, which an amplifier holds at mid-rail. Rows and mid-rail come from one reference, so that code
    /// 2048 of the row's converter is no voltage. The current has the sign of the row's voltage.
    /// </summary>
    /// <remarks>
    /// A pulse moves a wiper as it would move a memory node: by a share of what remains. The share that has not made a whole tap yet is
    /// kept in RAM. A reading is the difference of two, with the row at the read voltage and at none: offsets drop out.
    /// The last row may be one of capacitors: an output of the source beyond those of the rows charges each, it leaks to mid-rail, and
    /// the transistor at it draws a current from the column. Its reading is the difference to the column with an empty capacitor.
    /// </remarks>
    internal sealed class PotentiometerArray : INodeArray
    {
        /// <summary>Resistor in Ω from a wiper to its column.</summary>
        public const int SeriesOhms = 100000;

        /// <summary>Nominal resistance in Ω of a potentiometer.</summary>
        public const int TrackOhms = 10000;

        private const int Middle = 2048;
        private const int Samples = 8;
        private const int SettleMicroseconds = 200;
        private const int Million = 1000000;
        private const int Fraction = 16;
        private const int MostShare = 900000;
        private const int MostPulses = 64;
        private const int Top = Mcp4461.Full << Fraction;

        // A capacitor of 1 uF fills through 10 kOhm and leaks through 100 kOhm.
        private const int ChargeMicroseconds = 10000;
        private const int EmptyMicroseconds = 600000;
        private const int LongestCharge = 20000;

        private readonly PotentiometerSettings _board;
        private readonly Ad5328 _rows;
        private readonly Mcp3208 _columns;
        private readonly Mcp4461[] _pots;
        private readonly int[] _branches;
        private readonly Tca9548A _switch;
        private readonly IClock _clock;
        private readonly int[] _positions;
        private readonly int[] _empty;
        private readonly int _lasting;
        private readonly long _switchedOn;
        private readonly int _readStep;
        private readonly long _fullMillicodes;
        private int _biased = -1;
        private int _biasMillivolts;
        private long _biasSince;
        private bool _ready;

        /// <summary>Initializes a new instance of the <see cref="PotentiometerArray" /> class; rows go to no voltage.</summary>
        /// <param name="pots">Four nodes each, in the order of the nodes.</param>
        /// <param name="branches">Branch of the bus switch for each; null when all are on the bus itself.</param>
        /// <param name="bus">The bus switch; null when there is none.</param>
        public PotentiometerArray(PotentiometerSettings board, Ad5328 rows, Mcp3208 columns, Mcp4461[] pots, int[] branches, Tca9548A bus,
            IClock clock)
        {
            _board = board;
            _rows = rows;
            _columns = columns;
            _pots = pots;
            _branches = branches;
            _switch = bus;
            _clock = clock;
            _lasting = (board.LastRowLeaks ? board.Rows - 1 : board.Rows) * board.Columns;
            _positions = new int[_lasting];
            _empty = new int[board.LastRowLeaks ? board.Columns : 0];
            _switchedOn = clock.Now;
            _readStep = board.ReadMillivolts * 4096 / board.ReferenceMillivolts;

            // pS · mV · Ω are 1e-15 V; a code is the reference over 4096.
            long microvolts = (long)board.FullScale * board.ReadMillivolts * board.FeedbackOhms / 1000000000;
            _fullMillicodes = microvolts * 4096 / board.ReferenceMillivolts;
            Release();
        }

        /// <inheritdoc />
        public int Rows => _board.Rows;

        /// <inheritdoc />
        public int Columns => _board.Columns;

        /// <inheritdoc />
        public bool SetsDirectly => true;

        /// <inheritdoc />
        public int Chip { get; private set; }

        /// <inheritdoc />
        public int Read(int node)
        {
            Begin();
            int row = node / _board.Columns;
            int column = node % _board.Columns;
            if (node >= _lasting)
            {
                return Scaled(Sample(column) - _empty[column]);
            }

            _rows.Write(row, Middle + _readStep);
            int with = Sample(column);
            _rows.Write(row, Middle);
            int without = Sample(column);

            // The amplifier inverts: a current into the column lowers its voltage.
            return Scaled(without - with);
        }

        /// <inheritdoc />
        public void Pulse(int node, int millivolts, int microseconds, int microamperes)
        {
            Begin();
            if (node >= _lasting)
            {
                Charge(node, millivolts, microseconds);
                return;
            }

            Move(node, millivolts, microseconds);
            Send(node);
        }

        /// <inheritdoc />
        public void Bias(int node, int millivolts, int microamperes)
        {
            Begin();
            if (node >= _lasting)
            {
                _rows.Write(ChargeOutput(node), ChargeCode(millivolts));
                return;
            }

            _biased = node;
            _biasMillivolts = millivolts;
            _biasSince = _clock.Now;
        }

        /// <inheritdoc />
        public void Set(int node, int value)
        {
            Begin();
            if (node < _lasting)
            {
                _positions[node] = PositionFor(value) << Fraction;
                Send(node);
            }
        }

        /// <inheritdoc />
        public void Release()
        {
            for (int row = 0; row * _board.Columns < _lasting; row++)
            {
                _rows.Write(row, Middle);
            }

            for (int column = 0; column < _empty.Length; column++)
            {
                _rows.Write(ChargeOutput(_lasting + column), 0);
            }

            if (_biased >= 0)
            {
                int node = _biased;
                _biased = -1;
                long left = _clock.Now - _biasSince;
                for (int i = 0; i < MostPulses && left > 0; i++)
                {
                    int width = left > _board.PulseMicroseconds ? _board.PulseMicroseconds : (int)left;
                    Move(node, _biasMillivolts, width);
                    left -= width;
                }

                Send(node);
            }
        }

        /// <inheritdoc />
        /// <exception cref="InvalidOperationException">A chip does not answer, or is write-protected.</exception>
        public void Keep()
        {
            // A word of EEPROM that holds the tap already is not written again.
            Begin();
            for (int node = 0; node < _positions.Length; node++)
            {
                Check(PotOf(node).Store(node % Mcp4461.Wipers, Tap(_positions[node])));
            }
        }

        /// <summary>Gets the tap whose conductance comes nearest to a value: the divider's own resistance, x (1 − x) of the track, adds to
        /// the resistor behind it.</summary>
        /// <param name="value">Millionths of full scale; beyond the ends the nearer end.</param>
        /// <returns>0 to 256.</returns>
        internal static int PositionFor(int value)
        {
            long x = value < 0 ? 0 : value > Million ? Million : value;
            long wanted = x;
            for (int i = 0; i < 4; i++)
            {
                x = wanted + (wanted * (x * (Million - x) / Million) / Million * TrackOhms / SeriesOhms);
                x = x > Million ? Million : x;
            }

            return (int)(((x * Mcp4461.Full) + (Million / 2)) / Million);
        }

        private static int Tap(int position) => (position + (1 << (Fraction - 1))) >> Fraction;

        private static void Check(bool passed)
        {
            if (!passed)
            {
                throw new InvalidOperationException();
            }
        }

        private int Scaled(int codes)
        {
            long value = (long)codes * 1000 * Million / (Samples * _fullMillicodes);
            return value < 0 ? 0 : (int)value;
        }

        private int ChargeOutput(int node) => (_lasting / _board.Columns) + node - _lasting;

        // Nothing but its leak empties a capacitor: a negative pulse does nothing.
        private int ChargeCode(int millivolts)
        {
            return millivolts <= _board.DisturbMillivolts ? 0 : (int)((long)millivolts * 4096 / _board.ReferenceMillivolts);
        }

        // A full pulse fills a capacitor by its share of what remains, as it moves a wiper; that takes longer than the pulse says.
        private void Charge(int node, int millivolts, int microseconds)
        {
            int code = ChargeCode(millivolts);
            long width = (long)microseconds * _board.PulseShare / Million * ChargeMicroseconds / _board.PulseMicroseconds;
            width = width > LongestCharge ? LongestCharge : width;
            if (code == 0)
            {
                return;
            }

            _rows.Write(ChargeOutput(node), code);
            Wait(width);
            _rows.Write(ChargeOutput(node), 0);
        }

        private void Move(int node, int millivolts, int microseconds)
        {
            int amplitude = millivolts < 0 ? -millivolts : millivolts;
            if (amplitude <= _board.DisturbMillivolts)
            {
                return;
            }

            long share = (long)_board.PulseShare * (amplitude - _board.DisturbMillivolts)
                / (_board.PulseMillivolts - _board.DisturbMillivolts) * microseconds / _board.PulseMicroseconds;
            share = share > MostShare ? MostShare : share;
            int position = _positions[node];
            int room = millivolts > 0 ? Top - position : -position;
            _positions[node] = position + (int)(room * share / Million);
        }

        private void Send(int node) => Check(PotOf(node).Write(node % Mcp4461.Wipers, Tap(_positions[node])));

        private Mcp4461 PotOf(int node)
        {
            int chip = node / Mcp4461.Wipers;
            if (_switch != null && !_switch.Select(_branches[chip]))
            {
                Chip = _switch.Address;
                _switch.Forget();
                throw new InvalidOperationException();
            }

            Chip = _pots[chip].Address + (_switch == null ? 0 : (_branches[chip] + 1) << 8);
            return _pots[chip];
        }

        /// <summary>Before the first use: terminals are connected, and the wipers are where the EEPROM has put them.</summary>
        private void Begin()
        {
            if (_ready)
            {
                return;
            }

            // Capacitors are empty by then: what their columns show is what flows at rest.
            Wait(_empty.Length == 0 ? 0 : _switchedOn + EmptyMicroseconds - _clock.Now);
            for (int column = 0; column < _empty.Length; column++)
            {
                _empty[column] = Sample(column);
            }

            for (int node = 0; node < _positions.Length; node++)
            {
                Mcp4461 chip = PotOf(node);
                Check(node % Mcp4461.Wipers != 0 || chip.Connect());
                int tap = chip.Read(node % Mcp4461.Wipers);
                Check(tap >= 0);
                _positions[node] = tap << Fraction;
            }

            _ready = true;
        }

        private int Sample(int column)
        {
            // The amplifier settles.
            Wait(SettleMicroseconds);
            int sum = 0;
            for (int i = 0; i < Samples; i++)
            {
                sum += _columns.Read(column);
            }

            return sum;
        }

        private void Wait(long microseconds)
        {
            long until = _clock.Now + microseconds;
            while (_clock.Now < until)
            {
                // Nothing else is to be done.
            }
        }
    }
}
