// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench.Boards;
using NeuroMCU.VirtualBench.Peripherals;
using NeuroMCU.VirtualBench.Peripherals.Chips;

namespace NeuroMCU.VirtualBench.Nodes;

/// <summary>
/// The board of schematics/nodes-16 and nodes-64 between its chips: each potentiometer divides the voltage of its row against mid-rail, its
/// wiper feeds its column through a resistor, and an amplifier turns the column's current into a voltage. One specimen, drawn by its seed.
/// </summary>
public sealed class VirtualPotentiometerBoard
{
    private const double Swing = 0.02;
    private const double Supply = 3.3;
    private const int Open = -2;

    // Of a BSS138 in the middle of its data sheet's range, and of its capacitor in F.
    private const double Threshold = 1.15;
    private const double Capacitance = 1e-6;

    private readonly PotentiometerPlan _plan;
    private readonly VirtualAd5328 _rows;
    private readonly VirtualMcp4461[] _pots;
    private readonly double[] _track;
    private readonly double[] _series;
    private readonly double[] _feedback;
    private readonly double[] _offset;
    private readonly int[] _stuck;
    private readonly LeakingGate[] _gates;
    private readonly BoardRandom _noise;

    /// <summary>Initializes a new instance of the <see cref="VirtualPotentiometerBoard" /> class and connects it to its chips.</summary>
    /// <param name="plan">The board as it is drawn.</param>
    /// <param name="seed">Which specimen; null for one of nominal parts, which still has noise.</param>
    /// <param name="faults">What is wrong with it.</param>
    /// <param name="rows">Drives the rows by its outputs from 0.</param>
    /// <param name="columns">Reads the columns by its inputs from 0.</param>
    /// <param name="pots">Four nodes each, in the order of the nodes.</param>
    /// <exception cref="ArgumentException">There are too few chips, or a fault is none that a potentiometer can have.</exception>
    public VirtualPotentiometerBoard(PotentiometerPlan plan, long? seed, IEnumerable<NodeFault> faults, VirtualAd5328 rows,
        VirtualMcp3208 columns, IReadOnlyList<VirtualMcp4461> pots)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(faults);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(pots);
        int count = plan.Rows * plan.Columns;
        if (pots.Count * VirtualMcp4461.Wipers != count)
        {
            throw new ArgumentException($"{count} nodes need {count / VirtualMcp4461.Wipers} chips of four, not {pots.Count}", nameof(pots));
        }

        _plan = plan;
        _rows = rows;
        _pots = [.. pots];
        _stuck = [.. Enumerable.Repeat(-1, count)];
        _noise = new BoardRandom(seed ?? 0, -3);
        var parts = new BoardRandom(seed ?? 0, 0);
        double Part(double value, double spread) => seed is null ? value : value * parts.Sorted(1, spread / 3);
        double[] chips = [.. pots.Select(_ => Part(plan.TrackOhms, 0.2))];
        _track = [.. Enumerable.Range(0, count).Select(n => Part(chips[n / VirtualMcp4461.Wipers], 0.01))];
        _series = [.. Enumerable.Range(0, count).Select(_ => Part(plan.SeriesOhms, 0.01))];
        _feedback = [.. Enumerable.Range(0, plan.Columns).Select(_ => Part(plan.FeedbackOhms, 0.01))];
        _offset = [.. Enumerable.Range(0, plan.Columns).Select(_ => seed is null ? 0 : parts.Normal(0, plan.Offset))];
        _gates = [.. Enumerable.Range(0, plan.LastRowLeaks ? plan.Columns : 0).Select(_ => new LeakingGate(
            plan.Reference / 2, seed is null ? Threshold : Part(Threshold, 0.3), Part(Capacitance, 0.1)))];
        if (plan.LastRowLeaks)
        {
            rows.Changed = (output, _, time) => Charge(output - plan.Rows, time);
        }

        foreach (NodeFault fault in faults)
        {
            Break(fault, count);
        }

        for (int column = 0; column < plan.Columns; column++)
        {
            columns.Connect(column, new ColumnSource(this, column));
        }
    }

    /// <summary>Gets what a node conducts from its row into its column, which no instrument shows without noise.</summary>
    /// <param name="node">Number of the node.</param>
    /// <returns>Conductance in S.</returns>
    public double Conductance(int node)
    {
        double x = (double)Position(node) / VirtualMcp4461.Full;
        return _stuck[node] == Open || !_pots[node / VirtualMcp4461.Wipers].IsConnected(node % VirtualMcp4461.Wipers)
            ? 0 : x / (_series[node] + _plan.WiperOhms + (_track[node] * x * (1 - x)));
    }

    /// <summary>Gets the chips, four nodes each, in the order of the nodes.</summary>
    public IReadOnlyList<VirtualMcp4461> Chips => _pots;

    /// <summary>Gets how often a word of EEPROM has been written.</summary>
    public long Changes => _pots.Sum(p => Enumerable.Range(0, VirtualMcp4461.Wipers).Sum(p.Writes));

    /// <summary>Gets what the chips keep without power: for each node the stored position, and how often it was written.</summary>
    /// <returns>Numbers for <see cref="Restore" />.</returns>
    public IReadOnlyList<double> Keep() => [.. _pots.SelectMany(p => Enumerable.Range(0, VirtualMcp4461.Wipers)
        .SelectMany(w => (double[])[p.Stored(w), p.Writes(w)]))];

    /// <summary>Goes on with chips as they were when the power went.</summary>
    /// <param name="kept">What <see cref="Keep" /> gave.</param>
    /// <returns>False when that is of another board: nothing has changed then.</returns>
    public bool Restore(IReadOnlyList<double> kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        if (kept.Count != 2 * VirtualMcp4461.Wipers * _pots.Length || kept.Any(k => !double.IsFinite(k) || k < 0))
        {
            return false;
        }

        for (int k = 0; k < kept.Count / 2; k++)
        {
            _pots[k / VirtualMcp4461.Wipers].Use(k % VirtualMcp4461.Wipers, (int)Math.Min(VirtualMcp4461.Full, kept[2 * k]),
                (long)kept[(2 * k) + 1]);
        }

        foreach (VirtualMcp4461 pot in _pots)
        {
            pot.PowerCycle(0);
        }

        return true;
    }

    /// <summary>Gets the voltage at the amplifier of a column, without noise.</summary>
    /// <param name="column">Number of the column.</param>
    /// <param name="time">Time in µs, for capacitors that leak.</param>
    /// <returns>Volts, within what the amplifier reaches.</returns>
    public double Column(int column, long time = 0)
    {
        double middle = _plan.Reference / 2;
        double current = 0;
        for (int row = 0; row < _plan.Rows; row++)
        {
            current += (_rows.Volts(row) - middle) * Conductance((row * _plan.Columns) + column);
        }

        current -= _gates.Length == 0 ? 0 : _gates[column].Current(time / 1e6);
        return Math.Clamp(middle + _offset[column] - (current * _feedback[column]), Swing, Supply - Swing);
    }

    private void Charge(int gate, long time)
    {
        if (gate >= 0 && gate < _gates.Length)
        {
            _gates[gate].Charge(_rows.Volts(_plan.Rows + gate), time / 1e6);
        }
    }

    private int Position(int node) => _stuck[node] >= 0
        ? _stuck[node] : _pots[node / VirtualMcp4461.Wipers].Position(node % VirtualMcp4461.Wipers);

    private void Break(NodeFault fault, int count)
    {
        int all = count + _gates.Length;
        if (fault.Node < 0 || fault.Node >= all)
        {
            throw new ArgumentException($"the array has no node {fault.Node}: nodes 0 to {all - 1}", nameof(fault));
        }

        if (fault.Node >= count)
        {
            _gates[fault.Node - count].Stuck = fault.Kind switch
            {
                NodeFaultKind.None => null,
                NodeFaultKind.StuckOn => true,
                NodeFaultKind.StuckOpen => false,
                _ => throw new ArgumentException("a node of a capacitor can be stuck-open or stuck-on", nameof(fault)),
            };
            return;
        }

        _stuck[fault.Node] = fault.Kind switch
        {
            NodeFaultKind.None => -1,
            NodeFaultKind.StuckOpen => Open,
            NodeFaultKind.StuckOn => VirtualMcp4461.Full,
            NodeFaultKind.StuckBetween => 90,
            _ => throw new ArgumentException(
                "a potentiometer can be stuck-open, stuck-on or stuck-between; it has no pace and is not formed", nameof(fault)),
        };
    }

    private sealed class ColumnSource(VirtualPotentiometerBoard board, int column) : IPinSource
    {
        public double Volts(long time) => board.Column(column, time) + board._noise.Normal(0, board._plan.Noise);

        public long Rises(long time) => 0;
    }
}
