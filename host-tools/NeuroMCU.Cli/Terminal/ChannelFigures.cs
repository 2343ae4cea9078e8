// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Cli.Terminal;

/// <summary>How exact and how fast neuron channels are: what the board states, and what the device measured in its last run.</summary>
internal sealed class ChannelFigures
{
    private readonly Dictionary<string, long> _counters;
    private readonly long _tick;

    /// <summary>Initializes a new instance of the <see cref="ChannelFigures" /> class.</summary>
    /// <param name="tick">Step of the network in µs; 0 without a network.</param>
    public ChannelFigures(IReadOnlyList<KeyValuePair<string, long>> counters, long tick)
    {
        _counters = counters.ToDictionary(counter => counter.Key, counter => counter.Value);
        _tick = tick;
    }

    /// <summary>Gets the stated resolution of spike times in µs; 0 while inputs that follow the loop have not been looked at.</summary>
    public long Resolution => Counter(CounterIndex.SpikeResolution);

    /// <summary>Gets the resolution as a person reads it.</summary>
    public string ResolutionText => Resolution == 0 ? "the resolution of spike times is known after a run"
        : "spike times to " + Figures.Time(Resolution);

    /// <summary>Gets how often the inputs were looked at; null before a run.</summary>
    public string? LookText => Counter(CounterIndex.LongestLook) == 0
        ? null
        : $"a look each {Figures.Time(Counter(CounterIndex.MeanLook))} (at most {Figures.Time(Counter(CounterIndex.LongestLook))})";

    /// <summary>Gets how long it took from a spike at its pin to the drives that know of it; null when none was measured.</summary>
    public string? LatencyText => Counter(CounterIndex.LongestLatency) == 0
        ? null
        : $"pin to pin {Latency(CounterIndex.MeanLatency)}, at most {Latency(CounterIndex.LongestLatency)}";

    /// <summary>The figures as members of a JSON document; null where nothing was measured.</summary>
    /// <returns>The object to write.</returns>
    public object Document(int channels) => new
    {
        Count = channels,
        SpikeResolutionUs = Measured(CounterIndex.SpikeResolution),
        TickUs = _tick == 0 ? (long?)null : _tick,
        MeanLookUs = Measured(CounterIndex.MeanLook),
        LongestLookUs = Measured(CounterIndex.LongestLook),
        MeanLatencyUs = Measured(CounterIndex.MeanLatency),
        LongestLatencyUs = Measured(CounterIndex.LongestLatency),
        MeanLatencyTicks = Ticks(CounterIndex.MeanLatency),
        LongestLatencyTicks = Ticks(CounterIndex.LongestLatency),
    };

    private long Counter(int index) => _counters.GetValueOrDefault(CounterIndex.Name(index));

    private long? Measured(int index) => Counter(index) == 0 ? null : Counter(index);

    private double? Ticks(int index) => _tick == 0 || Counter(index) == 0 ? null : (double)Counter(index) / _tick;

    private string Latency(int index) =>
        Figures.Time(Counter(index)) + (Ticks(index) is { } ticks ? $" ({Figures.Short(double.Round(ticks, 2))} ticks)" : string.Empty);
}
