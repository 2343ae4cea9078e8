// NeuroMCU, MIT licence. See LICENSE in the repository root.

using nanoFramework.TestFramework;
using NeuroMCU.Core.Image;
using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Protocol.Reliability;
using NeuroMCU.Protocol.Streams;

namespace NeuroMCU.DeviceTests.Rig
{
    /// <summary>A host that asks one request after the other and takes note of the events that come meanwhile.</summary>
    internal sealed class ScriptHost
    {
        // Turns of the firmware in which an answer has to come.
        private const int Patience = 100;

        private readonly Device _device;
        private readonly FrameEncoder _encoder = new FrameEncoder();
        private readonly FrameDecoder _decoder = new FrameDecoder();
        private readonly SpikeStreamReader _spikes = new SpikeStreamReader();
        private readonly ChannelEvent _channel = new ChannelEvent();
        private int _sequence;

        public ScriptHost(Device device)
        {
            _device = device;
            SpikesOf = new int[256];
            NewsOf = new int[device.Neurons.Count];
            LastCondition = new int[device.Neurons.Count];
        }

        /// <summary>Gets the number of spikes received, by neuron.</summary>
        public int[] SpikesOf { get; }

        /// <summary>Gets the number of CHANNEL events, by channel.</summary>
        public int[] NewsOf { get; }

        /// <summary>Gets what each channel was last said to be, one of <see cref="ChannelCondition" />.</summary>
        public int[] LastCondition { get; }

        /// <summary>Gets the number of FAULT events.</summary>
        public int Faults { get; private set; }

        /// <summary>Gets the totals of the run that ended last; null before.</summary>
        public RunTotals Ended { get; private set; }

        /// <summary>Gets the spikes that were lost in the run that ended last.</summary>
        public long Lost
        {
            get { return _spikes.Account.Lost; }
        }

        /// <summary>Gets the body of the last answer.</summary>
        public BodyReader Answer
        {
            get { return _decoder.Body; }
        }

        /// <summary>Begins a request.</summary>
        public BodyWriter Begin(int type)
        {
            _sequence = (_sequence + 1) & 0xFFFF;
            return _encoder.Begin(type, _sequence);
        }

        /// <summary>Sends the request, which has to be served, and reads its answer.</summary>
        public void Accepted()
        {
            Assert.IsTrue(_encoder.End());
            AcceptedAgain();
        }

        /// <summary>Sends the last request once more, under its number, and reads the answer.</summary>
        public void AcceptedAgain()
        {
            int type = _encoder.Type;
            int answer = Ask();
            if (answer == MessageType.Nack)
            {
                Nack nack = new Nack();
                nack.Read(Answer);
                Assert.IsTrue(false, "request " + type.ToString() + " was refused with code " + nack.Code.ToString());
            }

            Assert.AreEqual(type | MessageType.Answer, answer);
        }

        /// <summary>Sends the request, which has to be refused.</summary>
        /// <returns>Why, one of <see cref="ErrorCode" />.</returns>
        public int Refused()
        {
            Assert.IsTrue(_encoder.End());
            Assert.AreEqual(MessageType.Nack, Ask());
            Nack nack = new Nack();
            Assert.IsTrue(nack.Read(Answer));
            return nack.Code;
        }

        public void Hello()
        {
            HelloRequest hello = new HelloRequest();
            hello.Session = 77;
            hello.Write(Begin(MessageType.Hello));
            Accepted();
            HelloAnswer answer = new HelloAnswer();
            Assert.IsTrue(answer.Read(Answer));
        }

        public void Upload(byte[] image, int target)
        {
            UploadBegin begin = new UploadBegin();
            begin.Length = image.Length;
            begin.Crc = ImageHeader.ContentCrc(image, image.Length);
            begin.Target = target;
            begin.Write(Begin(MessageType.UploadBegin));
            Accepted();
            UploadReady ready = new UploadReady();
            Assert.IsTrue(ready.Read(Answer));
            UploadSender sender = new UploadSender(image.Length, ready.ChunkSize, ready.Window);
            for (int turn = 0; turn < 10000 && !sender.Complete; turn++)
            {
                while (sender.CanSend)
                {
                    Assert.IsTrue(_encoder.Encode(MessageType.UploadData, sender.Sequence, image, sender.Offset, sender.Count));
                    _device.Pipe.FromHost(_encoder.Wire, _encoder.WireLength);
                    sender.Sent();
                }

                _device.Turn();
                while (Next())
                {
                    UploadAck acknowledgement = new UploadAck();
                    Assert.AreEqual(MessageType.UploadData | MessageType.Answer, _decoder.Type);
                    Assert.IsTrue(acknowledgement.Read(Answer));
                    sender.Acknowledge(_decoder.Sequence, acknowledgement.NextOffset);
                }
            }

            Assert.IsTrue(sender.Complete);
            Begin(MessageType.UploadCommit);
            Accepted();
        }

        /// <summary>Starts a run in real time that lasts until it is stopped.</summary>
        /// <param name="linkTimeout">Silence in ms that ends it; 0 for none.</param>
        public void Start(int linkTimeout)
        {
            StartRequest start = new StartRequest();
            start.Mode = RunMode.RealTime;
            start.LinkTimeout = linkTimeout;
            start.Write(Begin(MessageType.Start));
            Open();
        }

        /// <summary>Stops the run and waits for its end to be told.</summary>
        public void Stop()
        {
            Begin(MessageType.Stop);
            Accepted();
            WaitForEnd();
        }

        /// <summary>Runs for a network time in µs, as fast as can be.</summary>
        public void Step(long duration)
        {
            StepRequest step = new StepRequest();
            step.Duration = duration;
            step.Write(Begin(MessageType.Step));
            Open();
            WaitForEnd();
        }

        /// <summary>Sends the last request with one bit changed; there is no answer to it.</summary>
        public void SendDamaged()
        {
            _encoder.Wire[2] ^= 4;
            Assert.AreEqual(-1, Ask());
            _encoder.Wire[2] ^= 4;
        }

        public StateAnswer State()
        {
            Begin(MessageType.State);
            Accepted();
            StateAnswer state = new StateAnswer();
            Assert.IsTrue(state.Read(Answer));
            return state;
        }

        public long Counter(int index)
        {
            Begin(MessageType.Counters);
            Accepted();
            CounterList counters = new CounterList();
            Assert.IsTrue(counters.Read(Answer));
            return counters.Values[index];
        }

        /// <summary>Lets the device go on for a time in µs, at least for one turn.</summary>
        public void Listen(long time)
        {
            long end = _device.Clock.Time + time;
            do
            {
                _device.Turn();
                while (Next())
                {
                    Enter();
                }
            }
            while (_device.Clock.Time < end);
        }

        private void Open()
        {
            Ended = null;
            Accepted();
            RunStarted started = new RunStarted();
            Assert.IsTrue(started.Read(Answer));
            _spikes.Account.Open(started.Run, started.FirstSpike, started.DroppedSpikes);
        }

        private void WaitForEnd()
        {
            for (int turn = 0; turn < Patience && Ended == null; turn++)
            {
                Listen(0);
            }

            Assert.IsTrue(Ended != null);
            _spikes.Account.Close(Ended.NextSpike, Ended.DroppedSpikes);
        }

        private int Ask()
        {
            int type = _encoder.Type;
            _device.Pipe.FromHost(_encoder.Wire, _encoder.WireLength);
            for (int turn = 0; turn < Patience; turn++)
            {
                _device.Turn();
                while (Next())
                {
                    bool answers = _decoder.Type == (type | MessageType.Answer) || _decoder.Type == MessageType.Nack;
                    if (answers && _decoder.Sequence == _sequence)
                    {
                        return _decoder.Type;
                    }

                    Enter();
                }
            }

            return -1;
        }

        private bool Next()
        {
            WirePipe pipe = _device.Pipe;
            while (pipe.HostCount > 0)
            {
                pipe.Take(_decoder.Feed(pipe.ToHost, pipe.HostStart, pipe.HostCount));
                if (_decoder.HasFrame)
                {
                    return true;
                }
            }

            return false;
        }

        private void Enter()
        {
            switch (_decoder.Type)
            {
                case MessageType.Spikes:
                    // Those of a run that this host did not start are not of its account.
                    bool mine = _spikes.Read(_decoder.Body);
                    for (int k = 0; mine && k < _spikes.Count; k++)
                    {
                        SpikesOf[_spikes.Neurons[k]]++;
                    }

                    break;
                case MessageType.Channel:
                    Assert.IsTrue(_channel.Read(_decoder.Body));
                    NewsOf[_channel.Channel]++;
                    LastCondition[_channel.Channel] = _channel.Condition;
                    break;
                case MessageType.RunEnded:
                    Ended = new RunTotals();
                    Assert.IsTrue(Ended.Read(_decoder.Body));
                    break;
                case MessageType.Fault:
                    Faults++;
                    break;
                default:
                    break;
            }
        }
    }
}
