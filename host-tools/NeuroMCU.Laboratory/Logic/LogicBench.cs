// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench.Nodes;

namespace NeuroMCU.Laboratory.Logic;

/// <summary>
/// A specimen of highly asymmetric channels (models/memory/asymmetric-channel.yaml) with one common resistor to ground. A step drives the
/// condition and the target; both pull at the common point, so that a condition that is on takes voltage from the target.
/// </summary>
/// <remarks>
/// A node that is off keeps the charge of a pulse that did not switch it. After each step both nodes get that back by a reverse pulse
/// whose current is limited to what a node that is off would let through: one that is on hardly notices it.
/// </remarks>
internal sealed class LogicBench
{
    private const int Slices = 20;
    private const int Measurements = 5;
    private const double ResetVolts = -1.2;
    private const double ThresholdCharge = 1e-9;
    private const double ResetCharge = 20e-9;
    private const double Cleared = 1.5;
    private const double Reset = 4;

    private readonly LogicSettings _settings;
    private readonly VirtualNodeArray _array;
    private readonly double[] _setTime;
    private readonly double _load;
    private double _time;

    /// <summary>Initializes a new instance of the <see cref="LogicBench" /> class and measures how long each node takes to switch.</summary>
    /// <param name="nodes">Number of nodes.</param>
    /// <param name="settings">Working point and spread.</param>
    /// <param name="seed">Which specimen; null for nominal nodes.</param>
    public LogicBench(int nodes, LogicSettings settings, long? seed)
    {
        _settings = settings;
        _load = settings.Load / (settings.OffConductance * settings.Ratio);
        _array = new VirtualNodeArray(
            new NodeArrayPlan
            {
                Rows = 1,
                Columns = nodes,
                Law = "asymmetric-channel",
                Parameters = new Dictionary<string, double>(StringComparer.Ordinal)
                {
                    ["G_off"] = settings.OffConductance,
                    ["ratio"] = settings.Ratio,
                    ["Q_th"] = ThresholdCharge,
                    ["Q_r"] = ResetCharge,
                },
                DeviceSpread = settings.DeviceSpread,

                // Each slice draws its own, and a whole pulse has the spread of a cycle.
                CycleSpread = seed is null ? 0 : settings.CycleSpread * Math.Sqrt(Slices),
                ReadNoise = 0,
            },
            seed);
        _setTime = [.. Enumerable.Range(0, nodes).Select(Measure)];
    }

    /// <summary>Gets what has been done, for a picture; null while nobody looks.</summary>
    public List<LogicSample>? Record { get; set; }

    /// <summary>Gets a value indicating whether a node is on.</summary>
    /// <param name="node">The node.</param>
    /// <returns>True when it conducts more than the geometric mean of on and off.</returns>
    public bool IsOn(int node) => _array.Conductance(node, _time) > _settings.OffConductance * Math.Sqrt(_settings.Ratio);

    /// <summary>Writes an input: off, or on.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">What it shall hold.</param>
    public void Write(int node, bool value)
    {
        Off(node);
        for (int i = 0; value && !IsOn(node) && i < 10 * Slices; i++)
        {
            Hold([node], [_settings.SetVolts], _setTime[node] / Slices);
        }
    }

    /// <summary>Does a step.</summary>
    /// <param name="step">The step.</param>
    /// <returns>For an implication the share of the pulse that was left when the target switched; for one that did not the share of its
    /// threshold that was left; NaN when the target was on before or the step only switches off.</returns>
    public double Do(LogicStep step)
    {
        if (step.IsFalse)
        {
            Off(step.Target);
            return double.NaN;
        }

        bool before = IsOn(step.Target);
        double width = _settings.Pulse * _setTime[step.Target];
        double margin = double.NaN;
        for (int i = 0; i < Slices; i++)
        {
            Hold([step.Condition, step.Target], [_settings.Condition * _settings.SetVolts, _settings.SetVolts], width / Slices);
            if (!before && double.IsNaN(margin) && IsOn(step.Target))
            {
                margin = 1 - ((i + 1.0) / Slices);
            }
        }

        if (!before && double.IsNaN(margin))
        {
            margin = 1 - (_array.Keep()[(step.Target * 3) + 1] / ThresholdCharge);
        }

        Clear(step.Condition);
        Clear(step.Target);
        return margin;
    }

    private double Measure(int node)
    {
        double sum = 0;
        for (int k = 0; k < Measurements; k++)
        {
            Off(node);
            double from = _time;
            double slice = ThresholdCharge / (_settings.SetVolts * _settings.OffConductance) / (5 * Slices);
            for (int i = 0; i < 20 * Slices && !IsOn(node); i++)
            {
                Hold([node], [_settings.SetVolts], slice);
            }

            sum += _time - from;
        }

        Off(node);
        return sum / Measurements;
    }

    private void Off(int node)
    {
        double width = Reset * ResetCharge / (-ResetVolts * _settings.OffConductance * _settings.Ratio);
        for (int i = 0; i < Slices; i++)
        {
            Pulse(node, ResetVolts, width / Slices, double.PositiveInfinity);
            Note(0, [node], [ResetVolts]);
        }
    }

    private void Clear(int node)
    {
        double current = _settings.OffConductance * _settings.SetVolts;
        for (int i = 0; i < Slices; i++)
        {
            double across = Math.Min(_settings.SetVolts, current / _array.Conductance(node, _time));
            Pulse(node, -_settings.SetVolts, Cleared * ThresholdCharge / current / Slices, current);
            Note(0, [node], [-across]);
        }
    }

    // The common point settles at once; both nodes get what it leaves.
    private void Hold(ReadOnlySpan<int> nodes, ReadOnlySpan<double> volts, double seconds)
    {
        double current = 0;
        double conductance = 1 / _load;
        for (int k = 0; k < nodes.Length; k++)
        {
            double g = _array.Conductance(nodes[k], _time);
            current += g * volts[k];
            conductance += g;
        }

        double common = current / conductance;
        double from = _time;
        for (int k = 0; k < nodes.Length; k++)
        {
            _array.Pulse(nodes[k], volts[k] - common, seconds, double.PositiveInfinity, from);
        }

        _time = from + seconds;
        Note(common, nodes, volts);
    }

    private void Pulse(int node, double volts, double seconds, double compliance)
    {
        _array.Pulse(node, volts, seconds, compliance, _time);
        _time += seconds;
    }

    private void Note(double common, ReadOnlySpan<int> driven, ReadOnlySpan<double> volts)
    {
        if (Record is null)
        {
            return;
        }

        double[] all = new double[_setTime.Length];
        for (int k = 0; k < driven.Length; k++)
        {
            all[driven[k]] = volts[k];
        }

        Record.Add(new LogicSample(_time, all, common, [.. Enumerable.Range(0, all.Length).Select(IsOn)]));
    }
}

/// <summary>One slice of a step, for a picture.</summary>
/// <param name="Time">Time in s.</param>
/// <param name="Volts">Voltage on each node; 0 on those that are not driven.</param>
/// <param name="Common">Voltage of the common point.</param>
/// <param name="On">Whether each node is on.</param>
public sealed record LogicSample(double Time, IReadOnlyList<double> Volts, double Common, IReadOnlyList<bool> On);
