// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Integrity;
using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Protocol.Reliability;
using NeuroMCU.Protocol.Security;
using NeuroMCU.Protocol.Streams;

namespace NeuroMCU.Firmware.Tests.Rig;

/// <summary>The plainest host that keeps the wire's rules: one open request at a time, repeated under the same sequence number.</summary>
internal sealed class TestHost
{
    private readonly PipeTransport _pipe;
    private readonly Action _turn;
    private int _sequence;

    public TestHost(PipeTransport pipe, Action turn)
    {
        _pipe = pipe;
        _turn = turn;
    }

    public FrameEncoder Encoder { get; } = new();

    public FrameDecoder Decoder { get; } = new();

    public SpikeStreamReader Spikes { get; } = new();

    public TraceStreamReader Traces { get; } = new();

    public LossMeter Events { get; } = new();

    public List<(int Neuron, long Time)> SpikeList { get; } = [];

    public List<(int Trace, long Time, int Value)> TraceList { get; } = [];

    public List<FaultEvent> Faults { get; } = [];

    public List<ChannelEvent> Channels { get; } = [];

    public List<ReadoutEvent> Readouts { get; } = [];

    public List<string> Logs { get; } = [];

    public RunTotals? Ended { get; private set; }

    public int Tries { get; set; } = 30;

    /// <summary>Turns of the firmware that the host waits for an answer.</summary>
    public int Patience { get; set; } = 20;

    public int Repeats { get; private set; }

    public HelloAnswer Hello(uint session = 1, int major = WireFormat.ProtocolMajor, uint schema = 0)
    {
        var answer = new HelloAnswer();
        var request = new HelloRequest { Major = major, Session = session, Schema = schema };
        Assert.True(answer.Read(Expect(MessageType.Hello, request.Write)));
        Events.Reset();
        return answer;
    }

    /// <summary>Sends a request and gives the body of its answer.</summary>
    public BodyReader Expect(int type, Action<BodyWriter>? write = null)
    {
        var (answer, body) = Request(type, write);
        if (answer == MessageType.Nack)
        {
            var nack = new Nack();
            nack.Read(body);
            Assert.Fail($"request {type:X2} was refused with code {nack.Code} ({nack.Detail})");
        }

        Assert.Equal(type | MessageType.Answer, answer);
        return body;
    }

    /// <summary>Sends a request that must be refused.</summary>
    public Nack Refused(int type, Action<BodyWriter>? write = null)
    {
        var (answer, body) = Request(type, write);
        Assert.Equal(MessageType.Nack, answer);
        var nack = new Nack();
        Assert.True(nack.Read(body));
        Assert.Equal(type, nack.Request);
        return nack;
    }

    public (int Type, BodyReader Body) Request(int type, Action<BodyWriter>? write = null)
    {
        _sequence = (_sequence + 1) & 0xFFFF;
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            // Built anew for each try: a sealed frame needs a new counter.
            var body = Encoder.Begin(type, _sequence);
            write?.Invoke(body);
            Assert.True(Encoder.End());
            _pipe.FromHost(Encoder.Wire.AsSpan(0, Encoder.WireLength));
            if (attempt > 0)
            {
                Repeats++;
            }

            for (var turn = 0; turn < Patience; turn++)
            {
                _turn();
                if (Collect(_sequence, type))
                {
                    return (Decoder.Type, Decoder.Body);
                }
            }
        }

        throw new TimeoutException($"no answer to {type:X2}");
    }

    /// <summary>Reads events until nothing is left.</summary>
    public void Listen(int turns = 1)
    {
        for (var turn = 0; turn < turns; turn++)
        {
            _turn();
            Collect(-1, -1);
        }
    }

    public RunStarted Start(long duration, int mode = RunMode.Fast, int linkTimeout = 0)
    {
        var started = new RunStarted();
        Ended = null;
        Assert.True(
            started.Read(Expect(MessageType.Start, new StartRequest
            {
                Duration = duration,
                Mode = mode,
                LinkTimeout = linkTimeout
            }.Write)));
        Spikes.Account.Open(started.Run, started.FirstSpike, started.DroppedSpikes);
        Traces.Account.Open(started.Run, started.FirstSample, started.DroppedSamples);
        return started;
    }

    /// <summary>Listens until the run has ended, and closes the accounts.</summary>
    public RunTotals UntilEnded(int turns = 200_000)
    {
        for (var turn = 0; turn < turns && Ended == null; turn++)
        {
            Listen();
        }

        Assert.NotNull(Ended);
        Spikes.Account.Close(Ended.NextSpike, Ended.DroppedSpikes);
        Traces.Account.Close(Ended.NextSample, Ended.DroppedSamples);
        return Ended;
    }

    public StateAnswer State()
    {
        var state = new StateAnswer();
        Assert.True(state.Read(Expect(MessageType.State)));
        return state;
    }

    public long Counter(int index)
    {
        var counters = new CounterList();
        Assert.True(counters.Read(Expect(MessageType.Counters)));
        return counters.Values[index];
    }

    /// <summary>Uploads all chunks of an image.</summary>
    public void Send(byte[] image, int target = UploadTarget.Store, bool startAtBoot = true, uint? crc = null, int stopAfter = int.MaxValue)
    {
        var begin = new UploadBegin
        {
            Length = image.Length,
            Crc = crc ?? Crc32.Compute(image, 0, Math.Max(0, image.Length - 4)),
            Target = target,
            StartAtBoot = startAtBoot
        };
        var ready = new UploadReady();
        Assert.True(ready.Read(Expect(MessageType.UploadBegin, begin.Write)));
        var sender = new UploadSender(image.Length, ready.ChunkSize, ready.Window);
        var silence = 0;
        var sent = 0;
        while (!sender.Complete && sent < stopAfter)
        {
            while (sender.CanSend && sent < stopAfter)
            {
                Assert.True(Encoder.Encode(MessageType.UploadData, sender.Sequence, image, sender.Offset, sender.Count));
                _pipe.FromHost(Encoder.Wire.AsSpan(0, Encoder.WireLength));
                sender.Sent();
                sent++;
            }

            _turn();
            if (!CollectAcknowledgements(sender) && ++silence > 5)
            {
                silence = 0;
                sender.GoBack();
            }
        }
    }

    public ImageInfo Upload(byte[] image, int target = UploadTarget.Store, bool startAtBoot = true)
    {
        Send(image, target, startAtBoot);
        var info = new ImageInfo();
        Assert.True(info.Read(Expect(MessageType.UploadCommit)));
        return info;
    }

    public Nack RefusedUpload(byte[] image, int target = UploadTarget.Store, uint? crc = null)
    {
        Send(image, target, true, crc);
        return Refused(MessageType.UploadCommit);
    }

    /// <summary>Proves the key and seals the session.</summary>
    public void Authenticate(byte[] key)
    {
        var nonce = new AuthNonce();
        var host = KeyExchange.MakeNonce(key, new Random(1), 5, null);
        host.CopyTo(nonce.Nonce, 0);
        Assert.True(nonce.Read(Expect(MessageType.AuthBegin, nonce.Write)));
        var device = (byte[])nonce.Nonce.Clone();
        var proof = new AuthProof();
        KeyExchange.HostProof(key, host, device).CopyTo(proof.Proof, 0);
        Assert.True(proof.Read(Expect(MessageType.AuthProve, proof.Write)));
        Assert.Equal(KeyExchange.DeviceProof(key, host, device), proof.Proof);
        var seal = new FrameSeal(KeyExchange.SessionKey(key, host, device), false);
        Encoder.Seal = seal;
        Decoder.Seal = seal;
    }

    private bool CollectAcknowledgements(UploadSender sender)
    {
        var any = false;
        while (Next())
        {
            if (Decoder.Type == (MessageType.UploadData | MessageType.Answer))
            {
                var ack = new UploadAck();
                Assert.True(ack.Read(Decoder.Body));
                sender.Acknowledge(Decoder.Sequence, ack.NextOffset);
                any = true;
            }
            else
            {
                Enter();
            }
        }

        return any;
    }

    private bool Collect(int sequence, int type)
    {
        while (Next())
        {
            var answers = Decoder.Type == (type | MessageType.Answer) || Decoder.Type == MessageType.Nack;
            if (answers && Decoder.Sequence == sequence)
            {
                return true;
            }

            Enter();
        }

        return false;
    }

    private bool Next()
    {
        while (_pipe.ToHost.TryDequeue(out var frame))
        {
            Decoder.Feed(frame, 0, frame.Length);
            if (Decoder.HasFrame)
            {
                return true;
            }
        }

        return false;
    }

    private void Enter()
    {
        if (!MessageType.IsEvent(Decoder.Type))
        {
            return;
        }

        Events.Enter(Decoder.Sequence);
        switch (Decoder.Type)
        {
            case MessageType.Spikes:
                if (Spikes.Read(Decoder.Body))
                {
                    for (var k = 0; k < Spikes.Count; k++)
                    {
                        SpikeList.Add((Spikes.Neurons[k], Spikes.Times[k]));
                    }
                }

                break;
            case MessageType.Traces:
                if (Traces.Read(Decoder.Body))
                {
                    for (var k = 0; k < Traces.Count; k++)
                    {
                        TraceList.Add((Traces.Traces[k], Traces.Times[k], Traces.Values[k]));
                    }
                }

                break;
            case MessageType.RunEnded:
                Ended = new RunTotals();
                Assert.True(Ended.Read(Decoder.Body));
                break;
            case MessageType.Fault:
                var fault = new FaultEvent();
                Assert.True(fault.Read(Decoder.Body));
                Faults.Add(fault);
                break;
            case MessageType.Channel:
                var channel = new ChannelEvent();
                Assert.True(channel.Read(Decoder.Body));
                Channels.Add(channel);
                break;
            case MessageType.Readout:
                var readout = new ReadoutEvent();
                Assert.True(readout.Read(Decoder.Body));
                Readouts.Add(readout);
                break;
            default:
                var text = new byte[Decoder.Body.Left];
                Decoder.Body.ReadBytes(text, 0, text.Length);
                Logs.Add(System.Text.Encoding.UTF8.GetString(text));
                break;
        }
    }
}
