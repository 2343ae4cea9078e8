// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings;

namespace NeuroMCU.Devices.Client;

/// <summary>A sample of a membrane trace.</summary>
/// <param name="Trace">Index of the trace in the image.</param>
/// <param name="Time">Network time in µs.</param>
/// <param name="Value">Value in Q8.24 membrane units.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TraceSample(int Trace, long Time, int Value);

/// <summary>Keeps everything that a run sends.</summary>
public sealed class RunRecorder : IRunObserver
{
    private readonly List<int> _neurons = [];
    private readonly List<long> _times = [];
    private readonly List<TraceSample> _samples = [];
    private readonly List<ReadoutValue> _readouts = [];
    private readonly List<string> _log = [];
    private readonly List<ChannelFinding> _channels = [];
    private readonly List<RunTrouble> _troubles = [];

    /// <summary>Gets the spikes.</summary>
    public SpikeRecord Spikes => SpikeRecord.Sorted(_times.ToArray(), _neurons.ToArray());

    /// <summary>Gets the number of spikes so far.</summary>
    public int SpikeCount => _times.Count;

    /// <summary>Gets the trace samples.</summary>
    public IReadOnlyList<TraceSample> Samples => _samples;

    /// <summary>Gets the values of the read-outs of the network.</summary>
    public IReadOnlyList<ReadoutValue> Readouts => _readouts;

    /// <summary>Gets the lines that the device logged, faults included.</summary>
    public IReadOnlyList<string> Log => _log;

    /// <summary>Gets what the device reported of its neuron channels; the log has it as well.</summary>
    public IReadOnlyList<ChannelFinding> Channels => _channels;

    /// <summary>Gets what the device found wrong with its channels and with itself.</summary>
    public IReadOnlyList<RunTrouble> Troubles => _troubles;

    /// <summary>Gets or sets what the channels of the board are called.</summary>
    public ChannelNames Names { get; set; } = ChannelNames.Numbers;

    /// <summary>Gets or sets the file that gets the spikes as they come; null for none.</summary>
    public SpikeLog? Disk { get; set; }

    /// <summary>Gets or sets what is called with the progress of network time, in µs; may be null.</summary>
    public Action<long>? TimeReached { get; set; }

    /// <inheritdoc />
    public void OnSpikes(ReadOnlySpan<int> neurons, ReadOnlySpan<long> times)
    {
        _neurons.AddRange(neurons);
        _times.AddRange(times);
        Disk?.Append(neurons, times);
    }

    /// <inheritdoc />
    public void OnTraces(ReadOnlySpan<int> traces, ReadOnlySpan<long> times, ReadOnlySpan<int> values)
    {
        for (int k = 0; k < traces.Length; k++)
        {
            _samples.Add(new TraceSample(traces[k], times[k], values[k]));
        }
    }

    /// <inheritdoc />
    public void OnReadout(ReadoutEvent readout) => _readouts.Add(ReadoutValue.Of(readout));

    /// <inheritdoc />
    public void OnLog(string line) => _log.Add(Printable.Of(line));

    /// <inheritdoc />
    public void OnFault(int code, string text)
    {
        _log.Add("fault: " + text);
        _troubles.Add(new RunTrouble(true, null, "the device found a fault: " + text, "neuromcu info shows the state of the device"));
    }

    /// <inheritdoc />
    public void OnChannel(ChannelFinding finding)
    {
        _channels.Add(finding);
        _log.Add(finding.ToString(Names));
        _troubles.Add(new RunTrouble(finding.IsSerious, finding.Time, finding.What(Names), ChannelFinding.Advise(finding.Condition)));
    }

    /// <inheritdoc />
    public void OnTime(long time)
    {
        Disk?.Advance();
        TimeReached?.Invoke(time);
    }

    /// <inheritdoc />
    public void OnRestart()
    {
        _neurons.Clear();
        _times.Clear();
        _samples.Clear();
        _readouts.Clear();
        Disk?.Restart();
    }
}
