// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Devices.Client;
using NeuroMCU.Devices.Recording;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings;
using NeuroMCU.Api.Streams;

namespace NeuroMCU.Api.Sessions;

/// <summary>Sees everything that a device sends: keeps it for the recording of the run, and hands it to those who listen.</summary>
internal sealed class RunMemory : IRunObserver
{
    private readonly StreamHub _hub;
    private readonly Lock _gate = new();
    private readonly List<long> _spikeTimes = [];
    private readonly List<int> _spikeNeurons = [];
    private readonly List<long> _sampleTimes = [];
    private readonly List<int> _sampleTraces = [];
    private readonly List<float> _sampleValues = [];
    private RunRecorder _recorder = new();
    private LoadedNetwork? _network;
    private long _spikeNumber;
    private long _sampleNumber;
    private int _run;

    public RunMemory(StreamHub hub)
    {
        _hub = hub;
    }

    /// <summary>Spikes that a recording holds at most; what comes after is streamed and counted, but not kept.</summary>
    public int MostSpikes { get; init; } = 20_000_000;

    /// <summary>Network time in µs.</summary>
    public long Time { get; private set; }

    /// <summary>Spikes of the run so far.</summary>
    public long Spikes => Interlocked.Read(ref _spikeNumber);

    /// <summary>Spikes of the run that its recording does not hold.</summary>
    public long NotKept { get; private set; }

    /// <summary>Number of the run.</summary>
    public int Run => _run;

    /// <summary>What the read-outs last answered, by index.</summary>
    public Dictionary<int, ReadoutValue> Readouts { get; } = [];

    /// <summary>Begins a run.</summary>
    public void Begin(int run, LoadedNetwork network, ChannelNames names, long time)
    {
        Flush();
        lock (_gate)
        {
            _run = run;
            _network = network;
            _recorder = new RunRecorder { Names = names };
            _spikeNumber = 0;
            _sampleNumber = 0;
            NotKept = 0;
            Time = time;
            Readouts.Clear();
        }
    }

    /// <summary>Ends the run.</summary>
    /// <returns>What came in it.</returns>
    public RunRecorder End()
    {
        Flush();
        lock (_gate)
        {
            return _recorder;
        }
    }

    /// <summary>Sends what has gathered since the last time.</summary>
    public void Flush()
    {
        byte[]? spikes = null;
        byte[]? samples = null;
        int count;
        lock (_gate)
        {
            count = _spikeTimes.Count;
            if (count > 0)
            {
                spikes = EventMessage.OfSpikes(_run, _spikeNumber - count, 0, [.. _spikeTimes], [.. _spikeNeurons]);
                _spikeTimes.Clear();
                _spikeNeurons.Clear();
            }

            if (_sampleTimes.Count > 0)
            {
                samples = EventMessage.OfSamples(_run, _sampleNumber - _sampleTimes.Count, 0, [.. _sampleTimes], [.. _sampleTraces],
                    [.. _sampleValues]);
                _sampleTimes.Clear();
                _sampleTraces.Clear();
                _sampleValues.Clear();
            }
        }

        if (spikes is not null)
        {
            _hub.Send(spikes, count);
        }

        if (samples is not null)
        {
            _hub.Send(samples, 0);
        }
    }

    /// <inheritdoc />
    public void OnSpikes(ReadOnlySpan<int> neurons, ReadOnlySpan<long> times)
    {
        lock (_gate)
        {
            _spikeTimes.AddRange(times);
            _spikeNeurons.AddRange(neurons);
            _spikeNumber += times.Length;
            if (_recorder.SpikeCount + times.Length <= MostSpikes)
            {
                _recorder.OnSpikes(neurons, times);
            }
            else
            {
                NotKept += times.Length;
            }
        }
    }

    /// <inheritdoc />
    public void OnTraces(ReadOnlySpan<int> traces, ReadOnlySpan<long> times, ReadOnlySpan<int> values)
    {
        lock (_gate)
        {
            if (_network is not { } network)
            {
                return;
            }

            for (int k = 0; k < traces.Length; k++)
            {
                TraceTable table = network.Tables.Traces[traces[k]];
                PopulationSymbol symbol = network.Symbols.Populations[network.PopulationOf(table.Neuron)];
                _sampleTimes.Add(times[k]);
                _sampleTraces.Add(traces[k]);
                _sampleValues.Add((float)TraceValues.Of(table, symbol, values[k]));
            }

            _sampleNumber += traces.Length;
            if (_recorder.Samples.Count + traces.Length <= MostSpikes)
            {
                _recorder.OnTraces(traces, times, values);
            }
            else
            {
                NotKept += traces.Length;
            }
        }
    }

    /// <inheritdoc />
    public void OnReadout(ReadoutEvent readout)
    {
        ReadoutValue value = ReadoutValue.Of(readout);
        string? name = null;
        string? unit = null;
        lock (_gate)
        {
            _recorder.OnReadout(readout);
            Readouts[value.Index] = value;
            name = _network?.Symbols.Readouts.FirstOrDefault(r => r.Index == value.Index)?.Name;
            unit = _network?.Symbols.Readouts.FirstOrDefault(r => r.Index == value.Index)?.Unit;
        }

        _hub.Send(new
        {
            Type = "readout",
            Run = _run,
            Name = name,
            Unit = unit,
            TimeUs = value.Time,
            value.Valid,
            Value = value.Valid ? value.Value : (double?)null,
            value.Confidence,
            value.Spikes,
            SpanUs = value.Span,
        });
    }

    /// <inheritdoc />
    public void OnLog(string line)
    {
        _recorder.OnLog(line);
        _hub.Send(new { Type = "log", Line = Printable.Of(line) });
    }

    /// <inheritdoc />
    public void OnFault(int code, string text)
    {
        _recorder.OnFault(code, text);
        _hub.Send(new { Type = "fault", Code = code, Text = text });
    }

    /// <inheritdoc />
    public void OnChannel(ChannelFinding finding)
    {
        _recorder.OnChannel(finding);
        _hub.Send(new
        {
            Type = "channel",
            finding.Channel,
            TimeUs = finding.Time,
            Serious = finding.IsSerious,
            Text = finding.What(_recorder.Names),
            Next = ChannelFinding.Advise(finding.Condition),
        });
    }

    /// <inheritdoc />
    public void OnTime(long time)
    {
        Time = Math.Max(Time, time);
    }

    /// <inheritdoc />
    public void OnRestart()
    {
        Flush();
        lock (_gate)
        {
            _recorder.OnRestart();
            _spikeNumber = 0;
            _sampleNumber = 0;
            NotKept = 0;
            Time = 0;
        }

        _hub.Send(new { Type = "restart", Run = _run });
    }
}
