// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Firmware.Tests.Rig;
using NeuroMCU.Firmware.Transports;
using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Tests;

/// <summary>A loop that allocates collects garbage sooner or later, and a collection stops the device for milliseconds.</summary>
public class AllocationTests
{
    [Theory]
    [InlineData(RunMode.RealTime)]
    [InlineData(RunMode.Fast)]
    public void The_main_loop_allocates_nothing_while_it_runs_streams_and_answers(int mode)
    {
        var wire = new SinkTransport();
        var rig = new Rig.Rig();
        rig.Host.Hello();
        var tables = Networks.Relay(interval: 100, spikes: 10_000);
        tables.Traces = [new Core.Contracts.TraceTable { Neuron = 4, Interval = 1000 }];
        rig.Host.Upload(Networks.Image(tables));
        rig.Parts.Transports = [wire];
        rig.Restart();
        wire.Say(MessageType.Hello, new HelloRequest().Write);
        rig.Turns(10);
        wire.Say(MessageType.Stop);
        rig.Turns(10);
        wire.Say(MessageType.Start, new StartRequest { Mode = mode }.Write);

        // The first turns let the runtime compile what they call.
        for (var round = 0; round < 2; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var turn = 0; turn < 3000; turn++)
            {
                if (!rig.Application.Turn())
                {
                    rig.Clock.Idle(rig.Application.NextWake);
                }

                if (turn % 100 == 0)
                {
                    wire.Again(turn);
                }
            }

            if (round == 1)
            {
                Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            }
        }

        Assert.True(wire.Sent > 10_000, $"{wire.Sent} bytes");
        Assert.Equal(DeviceState.Running, rig.Application.State);
    }

    // A line that keeps nothing, so that what is measured is the firmware.
    private sealed class SinkTransport : ITransport
    {
        private readonly FrameEncoder _encoder = new();
        private readonly Block _block = new() { Count = 4 };
        private readonly byte[] _waiting = new byte[WireFormat.MaxEncoded];
        private int _at;
        private int _count;

        public long Sent { get; private set; }

        public bool IsOpen => true;

        public int Connection => 1;

        public bool RequiresAuthentication => false;

        public int Available => _count - _at;

        public void Say(int type, Action<BodyWriter>? write = null)
        {
            write?.Invoke(_encoder.Begin(type, type));
            Assert.True(write == null ? _encoder.Encode(type, type, _waiting, 0, 0) : _encoder.End());
            Load();
        }

        public void Again(int sequence)
        {
            _block.Write(_encoder.Begin(MessageType.WeightsRead, sequence));
            _encoder.End();
            Load();
        }

        public int Read(byte[] buffer, int offset, int count)
        {
            Array.Copy(_waiting, _at, buffer, offset, count);
            _at += count;
            return count;
        }

        public int Write(byte[] buffer, int offset, int count)
        {
            Sent += count;
            return count;
        }

        public void Disconnect()
        {
        }

        private void Load()
        {
            Array.Copy(_encoder.Wire, _waiting, _encoder.WireLength);
            _at = 0;
            _count = _encoder.WireLength;
        }
    }
}
