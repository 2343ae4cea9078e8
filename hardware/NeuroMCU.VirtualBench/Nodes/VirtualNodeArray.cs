// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;
using NeuroMCU.VirtualBench.Boards;

namespace NeuroMCU.VirtualBench.Nodes;

/// <summary>
/// An array of memory nodes: one specimen, drawn by its seed. Nothing is computed until somebody reads or pulses; times are seconds since
/// power-on and never go back. Nodes are counted row by row.
/// </summary>
public sealed class VirtualNodeArray
{
    // What a broken node still conducts, as a share of the least that a sound one does.
    private const double Open = 1e-4;
    private const double WeakPace = 0.4;

    private readonly MemoryNode[] _nodes;
    private readonly double?[] _stuck;
    private readonly double[] _time;
    private readonly long _seed;
    private BoardRandom _noise;
    private BoardRandom _cycles;
    private double _lives;
    private readonly CrossbarCircuit? _wires;
    private bool _changed = true;

    /// <summary>Initializes a new instance of the <see cref="VirtualNodeArray" /> class, every node at rest and never formed.</summary>
    /// <param name="plan">The array as it is drawn.</param>
    /// <param name="seed">Which specimen; null for one whose nodes are all nominal.</param>
    /// <param name="faults">What is wrong with it; null for nothing.</param>
    /// <exception cref="ArgumentException">The law is unknown or a fault names a node that the array does not have.</exception>
    public VirtualNodeArray(NodeArrayPlan plan, long? seed, IEnumerable<NodeFault>? faults = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Plan = plan;
        int count = plan.Rows * plan.Columns;
        _nodes = new MemoryNode[count];
        _stuck = new double?[count];
        _time = new double[count];
        _seed = seed ?? 0;
        (_noise, _cycles) = Chance(0);
        _wires = plan.SegmentOhms + plan.SwitchOhms > 0
            ? new CrossbarCircuit(plan.Rows, plan.Columns, plan.SegmentOhms, plan.SwitchOhms) : null;
        Dictionary<int, NodeFaultKind> broken = [];
        foreach (NodeFault fault in faults ?? [])
        {
            broken[fault.Node] = fault.Node >= 0 && fault.Node < count ? fault.Kind
                : throw new ArgumentException($"the array has no node {fault.Node}: nodes 0 to {count - 1}", nameof(faults));
        }

        Faults = broken;
        for (int node = 0; node < count; node++)
        {
            NodeParameters parameters = seed is long specimen
                ? NodeParameters.Draw(plan.Parameters, plan.DeviceSpread, new BoardRandom(specimen, node)) : new(plan.Parameters);
            Break(node, broken.GetValueOrDefault(node), parameters, new BoardRandom(seed ?? 0, node + count));
        }
    }

    /// <summary>Gets the drawing.</summary>
    public NodeArrayPlan Plan { get; }

    /// <summary>Gets what is wrong, by node; a test compares it with what a survey finds.</summary>
    public IReadOnlyDictionary<int, NodeFaultKind> Faults { get; }

    /// <summary>Gets the number of nodes that a current has destroyed since the array was made.</summary>
    public int Destroyed { get; private set; }

    /// <summary>Gets how often a voltage that could move a node has been on the array since it was made.</summary>
    public long Changes { get; private set; }

    /// <summary>Gets what a node conducts, which no instrument shows without noise.</summary>
    /// <param name="node">Number of the node.</param>
    /// <param name="time">Time in s.</param>
    /// <returns>Conductance in S.</returns>
    public double Conductance(int node, double time)
    {
        Follow(node, time);
        return Now(node);
    }

    /// <summary>Says whether a node keeps what a pulse gives it.</summary>
    /// <param name="node">Number of the node.</param>
    /// <returns>False for a volatile one.</returns>
    public bool Keeps(int node) => _nodes[node].Keeps;

    /// <summary>Reads a node with every column at virtual ground and the other rows at 0: what flows into its column, over the read
    /// voltage. The reading holds its voltage across the node, which may move it.</summary>
    /// <param name="node">Number of the node.</param>
    /// <param name="time">Time in s.</param>
    /// <returns>Conductance in S with noise, wires and switches, within the converter's range.</returns>
    public double Read(int node, double time)
    {
        Follow(node, time);
        double seen = Now(node);
        if (_wires is not null)
        {
            Wire(time);
            seen = _wires.Apparent(node / Plan.Columns, node % Plan.Columns);
        }

        Stress(node, Plan.ReadVolts, Plan.ReadSeconds, 1, false);
        _changed |= !_nodes[node].Keeps;
        return Math.Clamp(seen * (1 + (Plan.ReadNoise * _noise.Normal(0, 1))), 0, Plan.MostConductance);
    }

    /// <summary>Holds a voltage across a node for a while; in a crossbar half of it across the nodes of its row and column.</summary>
    /// <param name="node">Number of the node.</param>
    /// <param name="volts">Voltage in V.</param>
    /// <param name="seconds">Width in s.</param>
    /// <param name="compliance">Largest current in A.</param>
    /// <param name="time">Time in s at which it begins.</param>
    public void Pulse(int node, double volts, double seconds, double compliance, double time)
    {
        Changes++;
        Follow(node, time);
        double limited = Math.Min(Math.Abs(volts), compliance / Now(node));
        Damage(node, limited);
        Stress(node, Math.CopySign(limited, volts), seconds, Pace(), true);
        if (Plan.Crossbar)
        {
            int row = node / Plan.Columns;
            int column = node % Plan.Columns;
            for (int k = 0; k < _nodes.Length; k++)
            {
                if (k != node && (k / Plan.Columns == row || k % Plan.Columns == column))
                {
                    Follow(k, time);
                    Stress(k, volts / 2, seconds, 1, true);
                }
            }
        }

        _changed = true;
    }

    /// <summary>Holds a voltage across each node for a while, as wires bring it there. The node with the largest one, where that is well
    /// above a reading's, is the one that is pulsed.</summary>
    /// <param name="volts">Voltage across each node in V, row by row.</param>
    /// <param name="seconds">How long in s.</param>
    /// <param name="time">Time in s at which it begins.</param>
    public void Hold(IReadOnlyList<double> volts, double seconds, double time)
    {
        ArgumentNullException.ThrowIfNull(volts);
        double largest = volts.Max(Math.Abs);
        bool pulses = largest > 1.5 * Plan.ReadVolts;
        double pace = pulses ? Pace() : 1;
        Changes += pulses ? 1 : 0;
        for (int k = 0; k < _nodes.Length; k++)
        {
            // Offsets of a few mV do nothing to a node.
            if (Math.Abs(volts[k]) > Plan.ReadVolts / 10)
            {
                Follow(k, time);
                Damage(k, Math.Abs(volts[k]));
                Stress(k, volts[k], seconds, Math.Abs(volts[k]) == largest ? pace : 1, true);
            }
        }

        _changed = true;
    }

    /// <summary>Gets the current into a column that is at virtual ground, its wires counted.</summary>
    /// <param name="rows">Voltage of each row in V.</param>
    /// <param name="column">Number of the column.</param>
    /// <param name="time">Time in s.</param>
    /// <returns>Amperes, with the nodes' noise.</returns>
    public double ColumnCurrent(IReadOnlyList<double> rows, int column, double time)
    {
        ArgumentNullException.ThrowIfNull(rows);
        bool driven = _wires is not null && rows.Any(volts => Math.Abs(volts) > Plan.ReadVolts / 10);
        if (driven)
        {
            Wire(time);
        }

        double current = 0;
        for (int row = 0; row < Plan.Rows; row++)
        {
            double seen = driven ? _wires!.Apparent(row, column) : Conductance((row * Plan.Columns) + column, time);
            current += rows[row] * seen * (1 + (Plan.ReadNoise * _noise.Normal(0, 1)));
        }

        return current;
    }

    /// <summary>Gets the state of all nodes, as a file keeps it while the power is off.</summary>
    /// <returns>Numbers for <see cref="Restore" />.</returns>
    public IReadOnlyList<double> Keep()
        => [.. _nodes.SelectMany((node, k) => (double[])[.. node.State, _stuck[k] ?? double.NaN]), _lives + 1];

    /// <summary>Goes on with nodes as they were when the power went; what is volatile has relaxed.</summary>
    /// <param name="kept">What <see cref="Keep" /> gave.</param>
    /// <returns>False when that is of another array: nothing has changed then.</returns>
    public bool Restore(IReadOnlyList<double> kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        int each = _nodes[0].State.Length;
        if (kept.Count != (_nodes.Length * (each + 1)) + 1)
        {
            return false;
        }

        // No two lives of an array show the same noise.
        _lives = kept[^1];
        (_noise, _cycles) = Chance((int)_lives);
        const double longAgo = 1e6;
        for (int k = 0; k < _nodes.Length; k++)
        {
            _nodes[k].State = [.. kept.Skip(k * (each + 1)).Take(each)];
            double stuck = kept[(k * (each + 1)) + each];
            _stuck[k] = double.IsNaN(stuck) ? _stuck[k] : stuck;
            _nodes[k].Hold(0, longAgo);
        }

        _changed = true;
        return true;
    }

    private (BoardRandom Noise, BoardRandom Cycles) Chance(int life)
        => (new BoardRandom(_seed, -3 - (2 * life)), new BoardRandom(_seed, -4 - (2 * life)));

    private void Break(int node, NodeFaultKind fault, NodeParameters parameters, BoardRandom random)
    {
        if (fault == NodeFaultKind.Weak)
        {
            parameters.Slow(WeakPace);
        }
        else if (fault == NodeFaultKind.FormingFails)
        {
            parameters.NeverForm();
        }

        _nodes[node] = NodeLaws.Make(Plan.Law, parameters);
        double least = _nodes[node].Conductance;
        _stuck[node] = fault switch
        {
            NodeFaultKind.StuckOpen => Open * least,
            NodeFaultKind.StuckOn => Most(node),
            NodeFaultKind.StuckBetween => least + (random.Between(0.2, 0.8) * (Most(node) - least)),
            _ => null,
        };
    }

    private double Most(int node)
    {
        MemoryNode probe = NodeLaws.Make(Plan.Law, new NodeParameters(Plan.Parameters));
        double full = Plan.Parameters.TryGetValue("V_p", out double volts) ? volts : 1;
        probe.Hold(Plan.Reversed ? -full : full, 1e3);
        return Math.Max(probe.Conductance, _nodes[node].Conductance);
    }

    private double Pace() => Math.Max(0.1, 1 + (Plan.CycleSpread * _cycles.Normal(0, 1)));

    private void Damage(int node, double volts)
    {
        if (volts * Now(node) > Plan.DamageCurrent && _stuck[node] is null)
        {
            _stuck[node] = Most(node);
            Destroyed++;
        }
    }

    private double Now(int node) => _stuck[node] ?? _nodes[node].Conductance;

    private void Follow(int node, double time)
    {
        double passed = time - _time[node];
        if (passed <= 0)
        {
            return;
        }

        _time[node] = time;
        _nodes[node].Hold(0, passed);
        if (_nodes[node].Keeps && Plan.DriftSeconds < double.PositiveInfinity)
        {
            _nodes[node].Lose(1 - Math.Exp(-passed / Plan.DriftSeconds));
            _changed = true;
        }
    }

    // A pulse that does more or less than usual acts for as much longer or shorter.
    private void Stress(int node, double volts, double seconds, double pace, bool takesTime)
    {
        if (_stuck[node] is null)
        {
            _nodes[node].Hold(Plan.Reversed ? -volts : volts, seconds * pace);
        }

        _time[node] += takesTime ? seconds : 0;
    }

    private void Wire(double time)
    {
        if (!_changed && _nodes.All(n => n.Keeps))
        {
            return;
        }

        double[] all = [.. Enumerable.Range(0, _nodes.Length).Select(k => Conductance(k, time))];
        _wires!.Set(all);
        _changed = false;
    }
}
