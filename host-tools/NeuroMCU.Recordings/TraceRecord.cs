// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Recordings;

/// <summary>
/// A trace of one neuron: its membrane in the population's physical unit, its current, or the weight of one of its synapses.
/// </summary>
public sealed class TraceRecord
{
    /// <summary>Takes the arrays over without a copy.</summary>
    /// <param name="name">What to call it, such as <c>cells[3]</c>.</param>
    /// <param name="neuron">Global neuron index.</param>
    /// <param name="unit">Unit of the values, such as <c>mV</c>; empty when they have none.</param>
    /// <param name="times">Sample times in µs since start, ascending.</param>
    /// <param name="values">Values in <paramref name="unit" />.</param>
    /// <exception cref="ArgumentException">The arrays differ in length.</exception>
    public TraceRecord(string name, int neuron, string unit, long[] times, double[] values)
    {
        ArgumentNullException.ThrowIfNull(times);
        ArgumentNullException.ThrowIfNull(values);
        if (times.Length != values.Length)
        {
            throw new ArgumentException($"{times.Length} times but {values.Length} values", nameof(values));
        }

        Name = name;
        Neuron = neuron;
        Unit = unit;
        Times = times;
        Values = values;
    }

    /// <summary>What to call it.</summary>
    public string Name { get; }

    /// <summary>Global neuron index.</summary>
    public int Neuron { get; }

    /// <summary>Unit of the values; empty when they have none.</summary>
    public string Unit { get; }

    /// <summary>Whether it is the current into the neuron instead of its membrane.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>Whether it is the weight of a synapse onto the neuron.</summary>
    public bool IsWeight { get; init; }

    /// <summary>Where the neuron fires, in <see cref="Unit" />; null for currents, and where the threshold is none of the membrane
    /// alone.</summary>
    public double? Threshold { get; init; }

    /// <summary>Sample times in µs since start, ascending.</summary>
    public long[] Times { get; }

    /// <summary>Values in <see cref="Unit" />.</summary>
    public double[] Values { get; }

    /// <summary>The part from a time on, as a trace that begins there.</summary>
    /// <param name="start">Time in µs that becomes 0.</param>
    /// <returns>The trace.</returns>
    public TraceRecord From(long start)
    {
        int first = Array.FindIndex(Times, time => time >= start);
        int skipped = first < 0 ? Times.Length : first;
        return new TraceRecord(Name, Neuron, Unit, Array.ConvertAll(Times[skipped..], time => time - start),
            Values[skipped..])
        { IsCurrent = IsCurrent, IsWeight = IsWeight, Threshold = Threshold };
    }
}
