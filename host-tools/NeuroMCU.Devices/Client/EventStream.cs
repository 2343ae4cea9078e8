// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Protocol.Streams;
using NeuroMCU.Recordings;

namespace NeuroMCU.Devices.Client;

/// <summary>What the device sends by itself: reads it, accounts for it, and hands it to an observer.</summary>
internal sealed class EventStream
{
    private readonly EventNumbers _numbers = new();
    private readonly SpikeStreamReader _spikes = new();
    private readonly TraceStreamReader _traces = new();
    private readonly ReadoutEvent _readout = new();
    private readonly FaultEvent _fault = new();
    private readonly ChannelEvent _channel = new();
    private readonly RunTotals _ended = new();
    private readonly List<(int Type, byte[] Body)> _early = [];
    private bool _starting;
    private long _reached;
    private bool _joinSpikes;
    private bool _joinSamples;

    public IRunObserver? Observer { get; set; }

    /// <summary>Gets the number of the run whose streams are open; 0 for none.</summary>
    public int Run { get; private set; }

    /// <summary>Gets a value indicating whether the device has reported the end of the run.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Gets the totals that came with the end.</summary>
    public RunTotals Ended => _ended;

    /// <summary>Gets the number of events that have arrived.</summary>
    public long Arrived => _numbers.Arrived;

    public StreamAccount Spikes => _spikes.Account;

    public StreamAccount Samples => _traces.Account;

    /// <summary>A new connection: its events are numbered anew.</summary>
    /// <param name="fromZero">
    /// Whether the next one has the number 0; otherwise they are counted from the first one that arrives.
    /// </param>
    public void Connected(bool fromZero) => _numbers.Connected(fromZero);

    /// <summary>
    /// A run is being asked for. Should the answer be lost and come late, its first events come before it: they are kept until
    /// <see cref="Open" />, for nothing is to be lost silently.
    /// </summary>
    public void Expect()
    {
        _starting = true;
        _numbers.Begin();
        _early.Clear();
    }

    /// <summary>The run was refused.</summary>
    public void ForgetExpected()
    {
        _starting = false;
        _early.Clear();
    }

    /// <summary>A run has begun.</summary>
    public void Open(RunStarted started)
    {
        Run = started.Run;
        HasEnded = false;
        _reached = started.Time;
        _joinSpikes = false;
        _joinSamples = false;
        _spikes.Account.Open(started.Run, started.FirstSpike, started.DroppedSpikes);
        _traces.Account.Open(started.Run, started.FirstSample, started.DroppedSamples);
        _starting = false;
        foreach ((int type, byte[] body) in _early)
        {
            Read(type, new BodyReader(body));
        }

        _early.Clear();
    }

    /// <summary>A run goes on that was started before this connection: its accounts begin with the first messages that arrive.</summary>
    public void Join(int run)
    {
        Run = run;
        HasEnded = false;
        _numbers.Begin();
        _joinSpikes = true;
        _joinSamples = true;
    }

    /// <summary>The network went back to time 0; numbers begin at 0 again.</summary>
    public void Restart()
    {
        if (Run != 0 && !HasEnded)
        {
            _spikes.Account.Open(Run, 0, 0);
            _traces.Account.Open(Run, 0, 0);
            _reached = 0;
            Observer?.OnRestart();
        }
    }

    /// <summary>Network time has got so far.</summary>
    public void Reach(long time)
    {
        _reached = Math.Max(_reached, time);
        Observer?.OnTime(time);
    }

    /// <summary>Gives the run up whose end will not come any more: the accounts stay as far as they are known.</summary>
    public RunReport BreakOff(string why)
    {
        HasEnded = true;
        Run = 0;
        return new RunReport
        {
            Reason = EndReason.None,
            BrokenBy = why,
            Time = _reached,
            Spikes = StreamTotals.Of(_spikes.Account),
            Samples = StreamTotals.Of(_traces.Account),
            LateEvents = 0,
            MaxLateness = 0,
            LostFrames = _numbers.Lost,
        };
    }

    /// <summary>Closes the accounts of the run.</summary>
    /// <param name="endMissing">Whether the event of its end is missing itself, and no later one shows the gap.</param>
    public RunReport Close(RunTotals totals, bool endMissing = false)
    {
        Begin(ref _joinSpikes, _spikes.Account, totals.Run, totals.NextSpike, totals.DroppedSpikes);
        Begin(ref _joinSamples, _traces.Account, totals.Run, totals.NextSample, totals.DroppedSamples);
        _spikes.Account.Close(totals.NextSpike, totals.DroppedSpikes);
        _traces.Account.Close(totals.NextSample, totals.DroppedSamples);
        HasEnded = true;
        Run = 0;
        if (endMissing)
        {
            _numbers.EndMissing();
        }

        return new RunReport
        {
            Reason = totals.Reason,
            Time = totals.Time,
            Spikes = StreamTotals.Of(_spikes.Account),
            Samples = StreamTotals.Of(_traces.Account),
            LateEvents = totals.LateEvents,
            MaxLateness = totals.MaxLateness,
            LostFrames = _numbers.Lost + (endMissing ? 1 : 0),
        };
    }

    /// <summary>Takes an event.</summary>
    public void Take(int type, FrameDecoder decoder)
    {
        _numbers.Enter(decoder.Sequence);
        if (_starting && type is MessageType.Spikes or MessageType.Traces or MessageType.RunEnded)
        {
            BodyReader body = decoder.Body;
            _early.Add((type, body.Buffer.AsSpan(body.Position, body.Left).ToArray()));
            return;
        }

        Read(type, decoder.Body);
    }

    private static void Begin(ref bool joining, StreamAccount account, int run, uint first, uint dropped)
    {
        if (joining)
        {
            account.Open(run, first, dropped);
            joining = false;
        }
    }

    // The head of a message says where the stream is: run, number of the first item, items dropped so far.
    private void JoinAt(ref bool joining, StreamAccount account, BodyReader body)
    {
        int start = body.Position;
        int run = body.ReadByte();
        uint first = body.ReadUInt32();
        uint dropped = body.ReadUInt32();
        if (!body.Failed && run == Run)
        {
            Begin(ref joining, account, run, first, dropped);
        }

        body.Reset(start, body.End);
    }

    private void Read(int type, BodyReader body)
    {
        if (_joinSpikes && type == MessageType.Spikes)
        {
            JoinAt(ref _joinSpikes, _spikes.Account, body);
        }
        else if (_joinSamples && type == MessageType.Traces)
        {
            JoinAt(ref _joinSamples, _traces.Account, body);
        }

        switch (type)
        {
            case MessageType.Spikes when _spikes.Read(body):
                Observer?.OnSpikes(_spikes.Neurons.AsSpan(0, _spikes.Count), _spikes.Times.AsSpan(0, _spikes.Count));
                Reach(_spikes.Times[Math.Max(0, _spikes.Count - 1)]);
                break;
            case MessageType.Traces when _traces.Read(body):
                Observer?.OnTraces(
                    _traces.Traces.AsSpan(0, _traces.Count), _traces.Times.AsSpan(0, _traces.Count),
                    _traces.Values.AsSpan(0, _traces.Count));
                break;
            case MessageType.Readout when _readout.Read(body):
                Observer?.OnReadout(_readout);
                break;
            case MessageType.Log:
                Observer?.OnLog(Encoding.UTF8.GetString(body.Buffer, body.Position, body.Left));
                break;
            case MessageType.Fault when _fault.Read(body):
                Observer?.OnFault(_fault.Code, Refusals.Describe(_fault.Code, _fault.Detail));
                break;
            case MessageType.Channel when _channel.Read(body):
                Observer?.OnChannel(ChannelFinding.Of(_channel));
                break;
            case MessageType.RunEnded when _ended.Read(body) && _ended.Run == Run && Run != 0:
                HasEnded = true;
                break;
        }
    }
}
