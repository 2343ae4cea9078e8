// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench.Boards;
using NeuroMCU.VirtualBench.Peripherals;
using NeuroMCU.VirtualBench.Peripherals.Chips;

namespace NeuroMCU.VirtualBench.Nodes;

/// <summary>
/// The board of schematics/crossbar-8 between its chips and an array of memory nodes. Whatever the firmware does to source, switches and
/// lines becomes voltages across all nodes for as long as it lasts, so that an order of steps that is wrong shows as nodes that moved.
/// </summary>
public sealed class VirtualCrossbarBoard
{
    private const int PulseOutput = 0;
    private const int HalfOutput = 1;
    private const int ColumnsOfConverter = 4;

    // The amplifiers' supply, and what WRITE puts in parallel to the feedback.
    private const double Supply = 6;
    private const double WriteOhms = 2200;

    // Into a converter goes a column's voltage through 39 kOhm against 2.5 V through 10 kOhm.
    private const double DividerTop = 10.0 / 49;

    private readonly VirtualNodeArray _array;
    private readonly VirtualAd5328 _source;
    private readonly VirtualAdg715 _rows;
    private readonly VirtualAdg715 _columns;
    private readonly double _reference;
    private readonly double[] _feedback;
    private readonly double[] _divider;
    private readonly double[] _offset;
    private readonly double[] _sourceOffset;
    private readonly BoardRandom _noise;
    private readonly double[] _row;
    private readonly double[] _ground;
    private readonly double[] _across;
    private bool _enabled;
    private bool _writes;
    private bool _live;
    private double _since;

    /// <summary>Initializes a new instance of the <see cref="VirtualCrossbarBoard" /> class and connects it to its chips.</summary>
    /// <param name="array">The devices.</param>
    /// <param name="reference">Reference of the source in V.</param>
    /// <param name="feedback">Resistance in Ω of the columns' amplifiers; parts of 1 %.</param>
    /// <param name="seed">Which specimen of the board; null for nominal parts, which still have noise.</param>
    /// <param name="chips">Its chips.</param>
    public VirtualCrossbarBoard(VirtualNodeArray array, double reference, double feedback, long? seed, CrossbarChips chips)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(chips);
        _array = array;
        _reference = reference;
        (_source, _rows, _columns) = (chips.Source, chips.Rows, chips.Columns);
        int columns = array.Plan.Columns;
        var parts = new BoardRandom(seed ?? 0, 0);
        double Part(double value, double spread) => seed is null ? value : value * parts.Sorted(1, spread / 3);
        double Offset(double volts) => seed is null ? 0 : parts.Normal(0, volts);
        _feedback = [.. Enumerable.Range(0, columns).Select(_ => Part(feedback, 0.01))];
        _divider = [.. Enumerable.Range(0, columns).Select(_ => Part(DividerTop, 0.01))];
        _offset = [.. Enumerable.Range(0, columns).Select(_ => Offset(1e-3))];
        _sourceOffset = [Offset(3e-3), Offset(3e-3)];
        _noise = new BoardRandom(seed ?? 0, -3);
        _row = new double[array.Plan.Rows];
        _ground = new double[columns];
        _across = new double[array.Plan.Rows * columns];
        _source.Changed = (_, _, time) => Change(time);
        _rows.Changed = (_, time) => Change(time);
        _columns.Changed = (_, time) => Change(time);
        for (int column = 0; column < columns; column++)
        {
            chips.Converters[column / ColumnsOfConverter].Connect(column % ColumnsOfConverter, new ColumnSource(this, column));
        }
    }

    /// <summary>Gets the array behind the board.</summary>
    public VirtualNodeArray Array => _array;

    /// <summary>Gets or sets a value indicating whether ±6 V are there.</summary>
    public bool IsSupplied { get; set; } = true;

    /// <summary>Gets the largest voltage across any node so far, in V.</summary>
    public double Largest { get; private set; }

    /// <summary>Gets the voltage across a node.</summary>
    /// <param name="node">Number of the node.</param>
    /// <returns>Volts.</returns>
    public double Across(int node) => _across[node];

    /// <summary>The line ENABLE goes high or low.</summary>
    /// <param name="high">True for high.</param>
    /// <param name="time">Time in µs.</param>
    public void Enable(bool high, long time)
    {
        _enabled = high;
        Change(time);
    }

    /// <summary>The line WRITE goes high or low.</summary>
    /// <param name="high">True for high.</param>
    /// <param name="time">Time in µs.</param>
    public void Write(bool high, long time)
    {
        _writes = high;
        Change(time);
    }

    // What was on the nodes until now has been there since the last change.
    private void Follow(double time)
    {
        if (_live && time > _since)
        {
            _array.Hold(_across, time - _since, _since);
        }

        _since = Math.Max(time, _since);
    }

    private void Change(long microseconds)
    {
        double time = microseconds / 1e6;
        Follow(time);
        bool driven = _enabled && IsSupplied;
        if (!driven && !_live)
        {
            return;
        }

        double pulse = driven ? Line(PulseOutput) : 0;
        double half = driven ? Line(HalfOutput) : 0;
        for (int row = 0; row < _row.Length; row++)
        {
            _row[row] = 2 * (((_rows.Closed >> row) & 1) != 0 ? pulse : half);
        }

        _live = false;
        for (int column = 0; column < _ground.Length; column++)
        {
            double reference = ((_columns.Closed >> column) & 1) != 0 ? 0 : 2 * half;
            _ground[column] = driven ? Settled(column, reference, time) : reference;
            for (int row = 0; row < _row.Length; row++)
            {
                double volts = _row[row] - _ground[column];
                _across[(row * _ground.Length) + column] = volts;
                _live |= volts != 0;
                Largest = Math.Max(Largest, Math.Abs(volts));
            }
        }
    }

    private double Line(int output) => (2 * _source.Volts(output)) - _reference + _sourceOffset[output];

    // The amplifier holds its column at the reference until its output ends at the supply; from there on the column follows its rows.
    private double Settled(int column, double reference, double time)
    {
        double feedback = _writes ? 1 / ((1 / _feedback[column]) + (1 / WriteOhms)) : _feedback[column];
        double conductance = 0;
        double current = 0;
        for (int row = 0; row < _row.Length; row++)
        {
            double node = _array.Conductance((row * _ground.Length) + column, time);
            conductance += node;
            current += node * _row[row];
        }

        double into = current - (conductance * reference);
        double end = into > 0 ? -Supply : Supply;
        return Math.Abs(reference - (into * feedback)) <= Supply
            ? reference : (current + (end / feedback)) / (conductance + (1 / feedback));
    }

    private double Output(int column, long microseconds)
    {
        double time = microseconds / 1e6;
        Follow(time);
        double current = _array.ColumnCurrent([.. _row.Select(volts => volts - _ground[column])], column, time);
        return Math.Clamp(_ground[column] + _offset[column] - (current * _feedback[column]), -Supply, Supply);
    }

    private sealed class ColumnSource(VirtualCrossbarBoard board, int column) : IPinSource
    {
        private const double Shift = 2.5 * 39 / 49;

        // Of converter and amplifier.
        private const double Noise = 60e-6;

        public double Volts(long time) => board.IsSupplied
            ? Shift + (board._divider[column] * board.Output(column, time)) + board._noise.Normal(0, Noise)
            : 0;

        public long Rises(long time) => 0;
    }
}

/// <summary>The chips of a crossbar board.</summary>
/// <param name="Source">Its outputs A and B make pulse and half voltage.</param>
/// <param name="Rows">Chooses rows.</param>
/// <param name="Columns">Chooses columns.</param>
/// <param name="Converters">Four columns each.</param>
public sealed record CrossbarChips(
    VirtualAd5328 Source, VirtualAdg715 Rows, VirtualAdg715 Columns, IReadOnlyList<VirtualAds1115> Converters);
