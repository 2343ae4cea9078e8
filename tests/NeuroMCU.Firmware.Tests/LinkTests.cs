// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Firmware.Tests.Rig;
using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Tests;

public class LinkTests
{
    private static readonly byte[] s_key = [.. Enumerable.Range(0, 32).Select(k => (byte)(k * 5))];

    [Fact]
    public void With_ten_percent_of_frames_lost_each_way_every_one_of_1000_writes_is_applied_exactly_once()
    {
        var rig = new Rig.Rig();
        rig.Host.Hello();
        rig.Host.Upload(Networks.Image(Networks.Relay(spikes: 0)));
        var random = new Random(17);
        rig.Pipe.Passes = _ => random.Next(10) != 0;

        // STEP adds to network time: applied twice or never, the sum would be off.
        long expected = 0;
        for (var k = 1; k <= 1000; k++)
        {
            var started = new RunStarted();
            Assert.True(started.Read(rig.Host.Expect(MessageType.Step, new StepRequest { Duration = k }.Write)));
            Assert.Equal(expected, started.Time);
            expected += k;
            while (rig.Application.State == DeviceState.Running)
            {
                rig.Turn();
            }
        }

        Assert.Equal(expected, rig.Application.Engine!.Time);
        Assert.True(rig.Host.Repeats > 150, $"{rig.Host.Repeats} repeats");
        rig.Pipe.Passes = _ => true;
        Assert.True(rig.Host.Counter(CounterIndex.RepeatedRequests) > 50);
    }

    [Fact]
    public void A_device_that_stalls_answers_every_repetition_and_serves_one()
    {
        var rig = new Rig.Rig();
        rig.Host.Hello();
        rig.Host.Upload(Networks.Image(Networks.Relay(spikes: 0)));
        var encoder = new FrameEncoder();
        for (var k = 0; k < 4; k++)
        {
            new StepRequest { Duration = 100 }.Write(encoder.Begin(MessageType.Step, 4711));
            encoder.End();
            rig.Pipe.FromHost(encoder.Wire.AsSpan(0, encoder.WireLength));
        }

        rig.Turns(20);
        Assert.Equal(100, rig.Application.Engine!.Time);
        Assert.Equal(4, rig.Pipe.ToHost.Count(frame => frame.Length > 25 && frame.Length < 40));
    }

    [Fact]
    public void A_new_session_with_the_same_sequence_numbers_is_served_anew()
    {
        var rig = new Rig.Rig();
        rig.Host.Hello(session: 10);
        rig.Host.Upload(Networks.Image(Networks.Relay(spikes: 0)));
        rig.Host.Expect(MessageType.Step, new StepRequest { Duration = 100 }.Write);
        rig.Turns(5);
        Assert.Equal(100, rig.Application.Engine!.Time);
        var number = rig.Host.Decoder.Sequence;

        // The same request under the same number, byte for byte.
        var second = new TestHost(rig.Pipe, rig.Turn);
        second.Hello(session: 11);
        while (second.Decoder.Sequence + 1 < number)
        {
            second.Expect(MessageType.Ping);
        }

        second.Expect(MessageType.Step, new StepRequest { Duration = 100 }.Write);
        Assert.Equal(number, second.Decoder.Sequence);
        rig.Turns(5);
        Assert.Equal(200, rig.Application.Engine!.Time);
    }

    [Fact]
    public void Another_major_version_and_another_message_table_are_refused_with_the_devices_own()
    {
        var rig = new Rig.Rig();
        var nack = rig.Host.Refused(MessageType.Hello, new HelloRequest { Major = WireFormat.ProtocolMajor + 1 }.Write);
        Assert.Equal(ErrorCode.ProtocolVersion, nack.Code);
        Assert.Equal((WireFormat.ProtocolMajor << 8) | WireFormat.ProtocolMinor, nack.Detail);
        nack = rig.Host.Refused(MessageType.Hello, new HelloRequest { Schema = 5 }.Write);
        Assert.Equal((ErrorCode.SchemaMismatch, unchecked((int)MessageTable.Hash)), (nack.Code, nack.Detail));
        Assert.Equal(ErrorCode.HelloNeeded, rig.Host.Refused(MessageType.State).Code);
        rig.Host.Hello(schema: MessageTable.Hash);

        // A later minor version may bring messages of its own and still be spoken to.
        rig.Host.Expect(MessageType.Hello, new HelloRequest { Minor = WireFormat.ProtocolMinor + 1, Schema = 5 }.Write);
    }

    [Fact]
    public void On_a_network_nothing_goes_without_the_key_and_everything_with_it()
    {
        var rig = new Rig.Rig(profile => profile.LinkKey = s_key, authenticated: true);
        Assert.True(rig.Host.Hello().AuthenticationNeeded);
        Assert.Equal(ErrorCode.AuthenticationNeeded, rig.Host.Refused(MessageType.Start, new StartRequest().Write).Code);
        Assert.Equal(ErrorCode.AuthenticationNeeded, rig.Host.Refused(MessageType.State).Code);
        rig.Host.Authenticate(s_key);
        Assert.False(rig.Host.Hello().AuthenticationNeeded);
        rig.Host.Upload(Networks.Image(Networks.Relay()));
        rig.Host.Start(100_000);
        rig.Host.UntilEnded();
        Assert.Equal(99, rig.Host.Spikes.Account.Received);
        Assert.Equal(0, rig.Host.Spikes.Account.Lost);
    }

    /// <summary>A wrong key is refused after one second, to the millisecond, and the connection is closed; what the host says meanwhile
    /// counts for nothing.</summary>
    [Fact]
    public void The_wrong_key_is_said_to_be_wrong_after_a_pause_and_ends_the_connection()
    {
        var rig = new Rig.Rig(profile => profile.LinkKey = s_key, authenticated: true);
        rig.Host.Hello();
        var begin = rig.Clock.Now;
        rig.Host.Expect(MessageType.AuthBegin, new AuthNonce().Write);
        rig.Host.Tries = 1;
        rig.Host.Patience = 995;
        Assert.Throws<TimeoutException>(() => rig.Host.Request(MessageType.AuthProve, new AuthProof().Write));
        Assert.Empty(rig.Pipe.ToHost);
        Assert.InRange(rig.Clock.Now - begin, 990_000, 1_000_000);
        var encoder = new FrameEncoder();
        new HelloRequest().Write(encoder.Begin(MessageType.Hello, 1));
        encoder.End();
        rig.Pipe.FromHost(encoder.Wire.AsSpan(0, encoder.WireLength));
        rig.Until(begin + 1_010_000);
        var decoder = new FrameDecoder();
        var frame = Assert.Single(rig.Pipe.ToHost);
        decoder.Feed(frame, 0, frame.Length);
        var nack = new Nack();
        Assert.True(nack.Read(decoder.Body));
        Assert.Equal((MessageType.AuthProve, ErrorCode.WrongKey, 0), (nack.Request, nack.Code, nack.Detail));
        Assert.Equal(1, rig.Pipe.Disconnects);

        // The next connection has nothing to wait for.
        rig.Pipe.ToHost.Clear();
        var next = new TestHost(rig.Pipe, rig.Turn);
        begin = rig.Clock.Now;
        next.Hello(session: 2);
        next.Authenticate(s_key);
        next.State();
        Assert.InRange(rig.Clock.Now - begin, 0, 20_000);
    }

    /// <summary>An answer that came late may be used although the question was repeated; another question has another answer.</summary>
    [Fact]
    public void The_same_nonce_of_the_host_gets_the_same_nonce_of_the_device_until_the_proof()
    {
        var rig = new Rig.Rig(profile => profile.LinkKey = s_key, authenticated: true);
        byte[] Ask(byte first)
        {
            var nonce = new AuthNonce();
            nonce.Nonce[0] = first;
            Assert.True(nonce.Read(rig.Host.Expect(MessageType.AuthBegin, nonce.Write)));
            return (byte[])nonce.Nonce.Clone();
        }

        var one = Ask(1);
        Assert.Equal(one, Ask(1));
        var two = Ask(2);
        Assert.NotEqual(one, two);
        Assert.NotEqual(one, Ask(1));
    }

    /// <summary>The answer to a proof cannot be had twice: the second proof for the same nonces is none, be it right.</summary>
    [Fact]
    public void A_nonce_is_good_for_one_proof()
    {
        var rig = new Rig.Rig(profile => profile.LinkKey = s_key, authenticated: true);
        rig.Host.Hello();
        Assert.Equal(ErrorCode.BadBody, rig.Host.Refused(MessageType.AuthProve, new AuthProof().Write).Code);
        rig.Host.Authenticate(s_key);
        Assert.Equal(ErrorCode.BadBody, rig.Host.Refused(MessageType.AuthProve, new AuthProof().Write).Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(8)]
    public void A_device_without_a_proper_key_lets_nobody_in(int? length)
    {
        var rig = new Rig.Rig(profile => profile.LinkKey = length == null ? null : new byte[length.Value], authenticated: true);
        rig.Host.Hello();
        Assert.Equal(ErrorCode.NoKey, rig.Host.Refused(MessageType.AuthBegin, new AuthNonce().Write).Code);
    }

    [Fact]
    public void A_replayed_frame_of_a_sealed_session_is_not_served()
    {
        var rig = new Rig.Rig(profile => profile.LinkKey = s_key, authenticated: true);
        rig.Host.Hello();
        rig.Host.Authenticate(s_key);
        rig.Host.Hello();
        rig.Host.Upload(Networks.Image(Networks.Relay(spikes: 0)));
        byte[]? heard = null;
        rig.Pipe.Passes = frame =>
        {
            heard ??= frame;
            return true;
        };
        rig.Host.Expect(MessageType.Step, new StepRequest { Duration = 100 }.Write);
        rig.Pipe.Passes = _ => true;
        rig.Turns(5);
        for (var k = 0; k < 20; k++)
        {
            rig.Pipe.FromHost(heard);
            rig.Turns(3);
        }

        Assert.Equal(100, rig.Application.Engine!.Time);
        Assert.Equal(20, rig.Host.Counter(CounterIndex.CheckErrors));
    }

    [Fact]
    public void A_new_connection_starts_without_the_trust_of_the_former_one()
    {
        var rig = new Rig.Rig(profile => profile.LinkKey = s_key, authenticated: true);
        rig.Host.Hello();
        rig.Host.Authenticate(s_key);
        rig.Pipe.Reconnect();
        var thief = new TestHost(rig.Pipe, rig.Turn);
        thief.Hello();
        Assert.Equal(ErrorCode.AuthenticationNeeded, thief.Refused(MessageType.Start, new StartRequest().Write).Code);
    }

    /// <summary>
    /// What the former host was answered is nobody else's: a new connection that repeats its request, byte for byte, must not get the
    /// remembered answer before it has proved the key, whether it has said HELLO or not.
    /// </summary>
    [Theory]
    [InlineData(false, ErrorCode.HelloNeeded)]
    [InlineData(true, ErrorCode.AuthenticationNeeded)]
    public void A_new_connection_is_not_answered_from_the_memory_of_the_former_one(bool greets, int code)
    {
        var rig = new Rig.Rig(profile => profile.LinkKey = s_key, authenticated: true);
        rig.Host.Hello();
        rig.Host.Authenticate(s_key);
        rig.Host.Upload(Networks.Image(Networks.Relay()));
        var before = rig.Host.Counter(CounterIndex.RepeatedRequests);
        for (var k = 0; k < 4; k++)
        {
            rig.Host.Expect(MessageType.State);
        }

        // The four that are remembered, the oldest first: each refusal takes the place of one that was asked for already.
        var last = rig.Host.Decoder.Sequence;
        rig.Pipe.Reconnect();
        var encoder = new FrameEncoder();
        if (greets)
        {
            new TestHost(rig.Pipe, rig.Turn).Hello();
        }

        for (var sequence = last - 3; sequence <= last; sequence++)
        {
            encoder.Begin(MessageType.State, sequence);
            Assert.True(encoder.End());
            rig.Pipe.FromHost(encoder.Wire.AsSpan(0, encoder.WireLength));
            rig.Turns(3);
            var decoder = new FrameDecoder();
            var frame = Assert.Single(rig.Pipe.ToHost);
            rig.Pipe.ToHost.Clear();
            decoder.Feed(frame, 0, frame.Length);
            var nack = new Nack();
            Assert.True(decoder.HasFrame && decoder.Type == MessageType.Nack && nack.Read(decoder.Body),
                $"sequence {sequence} was answered");
            Assert.Equal(code, nack.Code);
        }

        rig.Pipe.Reconnect();
        var owner = new TestHost(rig.Pipe, rig.Turn);
        owner.Hello(session: 9);
        owner.Authenticate(s_key);
        owner.Hello(session: 9);
        Assert.Equal(before, owner.Counter(CounterIndex.RepeatedRequests));
    }

    [Fact]
    public void A_second_host_is_refused_while_the_first_is_there_and_may_look()
    {
        var rig = new Rig.Rig(secondLine: true);
        rig.Host.Hello();
        rig.Host.Upload(Networks.Image(Networks.Relay()));
        rig.Other.Hello();
        Assert.Equal(ErrorCode.OtherHost, rig.Other.Refused(MessageType.Start, new StartRequest().Write).Code);
        Assert.Equal(DeviceState.Idle, rig.Other.State().State);

        // The first one falls silent: the second may take over.
        rig.Until(rig.Clock.Now + 4_000_000);
        rig.Other.Start(1000);
    }

    [Fact]
    public void Noise_on_the_line_does_no_more_than_raise_the_counters()
    {
        var rig = new Rig.Rig();
        rig.Host.Hello();
        rig.Host.Upload(Networks.Image(Networks.Relay(spikes: 0)));
        var random = new Random(12);
        var noise = new byte[500];
        for (var k = 0; k < 400; k++)
        {
            random.NextBytes(noise);
            rig.Pipe.FromHost(noise);
            rig.Turns(3);
        }

        rig.Pipe.FromHost([0]);
        Assert.Equal(DeviceState.Idle, rig.Host.State().State);
        Assert.Equal(0, rig.Application.Engine!.Time);
        var rejected = rig.Host.Counter(CounterIndex.CheckErrors) + rig.Host.Counter(CounterIndex.Overlong)
            + rig.Host.Counter(CounterIndex.Short);
        Assert.True(rejected > 300, $"{rejected} rejected");
    }

    [Fact]
    public void Random_requests_with_a_right_CRC_never_bring_the_firmware_down()
    {
        var rig = new Rig.Rig();
        var random = new Random(31);
        rig.Host.Hello();
        rig.Host.Upload(Networks.Image(Networks.Relay()));
        var encoder = new FrameEncoder();
        var body = new byte[WireFormat.MaxBody];
        for (var k = 0; k < 100_000; k++)
        {
            random.NextBytes(body);
            var size = random.Next(3) == 0 ? random.Next(WireFormat.MaxBody + 1) : random.Next(24);
            if (random.Next(2) == 0)
            {
                // Small numbers reach further than random ones, which are mostly out of range.
                for (var at = 0; at < size; at++)
                {
                    body[at] = (byte)(random.Next(4) == 0 ? random.Next(6) : 0);
                }
            }

            encoder.Encode(random.Next(1, 0x40), random.Next(65536), body, 0, size);
            rig.Pipe.FromHost(encoder.Wire.AsSpan(0, encoder.WireLength));
            rig.Turn();
            rig.Pipe.ToHost.Clear();
            Assert.True(rig.Application.State != DeviceState.Fault, $"frame {k}");
        }

        Assert.NotNull(rig.Application.Engine);
    }
}
