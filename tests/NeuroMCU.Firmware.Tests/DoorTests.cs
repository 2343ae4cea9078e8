// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Firmware.Tests.Rig;
using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Tests;

/// <summary>A port at which anybody can knock, in virtual time: who has the key is served within 3 s, whatever others do.</summary>
public class DoorTests
{
    private const long Second = 1_000_000;

    private static readonly byte[] s_key = [.. Enumerable.Range(0, 32).Select(k => (byte)(k * 7))];

    public static TheoryData<string, int, int> Floods
    {
        get
        {
            var data = new TheoryData<string, int, int>();
            foreach (var kind in Hostile.Kinds)
            {
                // From the same machine where there are many lines, from another one where there are few, as on a board.
                data.Add(kind, 64, 1);
                data.Add(kind, 64, 2);
                data.Add(kind, 3, 2);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Floods))]
    public void Who_has_the_key_is_served_within_three_seconds_whatever_hosts_without_it_do(string kind, int lines, int address)
    {
        var door = new FakeDoor(lines);
        var rig = Device(door);
        var random = new Random(lines + address);
        var hostile = Enumerable.Range(0, 20 + lines).Select(k => new Hostile(kind, door, rig, random)).ToArray();
        void Turn() => TurnAmong(rig, hostile);
        for (var k = 0; k < 300; k++)
        {
            Turn();
        }

        for (var round = 0; round < 5; round++)
        {
            var (host, line, time) = GetIn(rig, door, Turn, random, address);
            Assert.True(time < 3 * Second, $"round {round}: {time} µs");

            // It stays as long as it speaks, and is answered soon: hosts without the key share one answer per turn.
            for (var k = 0; k < 5; k++)
            {
                var begin = rig.Clock.Now;
                host.State();
                Assert.True(line.IsIn && rig.Clock.Now - begin < Second / 20, $"{rig.Clock.Now - begin} µs");
                Until(rig, rig.Clock.Now + (Second / 10), Turn);
            }

            line.Line!.Disconnect();
        }

        Assert.True(hostile.Sum(h => h.Knocks) > 4 * lines, "that was no flood");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_host_without_the_key_has_two_seconds_whether_it_speaks_or_not(bool speaks)
    {
        var door = new FakeDoor(4);
        var rig = Device(door);
        var caller = door.Call();
        rig.Turn();
        var begin = rig.Clock.Now;
        var host = new TestHost(caller.Line!, rig.Turn);
        foreach (var left in new[] { 1500, 700, 5 })
        {
            rig.Until(begin + (2 * Second) - (left * 1000));
            Assert.True(caller.IsIn);
            if (speaks)
            {
                host.Expect(MessageType.Ping);
            }
        }

        rig.Until(begin + (2 * Second) + 5000);
        Assert.False(caller.IsIn);
        Assert.False(caller.Line!.IsOpen);
    }

    [Fact]
    public void A_handshake_has_ten_requests()
    {
        var door = new FakeDoor(1);
        var rig = Device(door);
        var caller = door.Call();
        rig.Turn();
        var host = new TestHost(caller.Line!, rig.Turn) { Tries = 1 };
        for (var k = 0; k < 10; k++)
        {
            host.Expect(MessageType.Ping);
        }

        Assert.Throws<TimeoutException>(() => host.Expect(MessageType.Ping));
        Assert.False(caller.IsIn);

        // Who proves the key has as many as it likes.
        caller = door.Call();
        rig.Turn();
        host = new TestHost(caller.Line!, rig.Turn);
        host.Hello();
        host.Authenticate(s_key);
        for (var k = 0; k < 100; k++)
        {
            host.Expect(MessageType.Ping);
        }

        Assert.True(caller.IsIn);
    }

    /// <summary>While others knock without end, a host has a tenth of a second for each thing that it has to say, and not less.</summary>
    [Theory]
    [InlineData(95_000, true)]
    [InlineData(130_000, false)]
    public void A_host_that_answers_within_a_tenth_of_a_second_is_not_sent_away_for_others(int thinks, bool stays)
    {
        var door = new FakeDoor(2);
        var rig = Device(door);
        void Turn()
        {
            if (door.Waiting == 0)
            {
                door.Call();
            }

            rig.Turn();
        }

        var caller = door.Call();
        rig.Turn();
        var host = new TestHost(caller.Line!, Turn) { Tries = 1 };
        Until(rig, rig.Clock.Now + thinks, Turn);
        if (!stays)
        {
            Assert.False(caller.IsIn);
            return;
        }

        host.Hello();
        Until(rig, rig.Clock.Now + thinks, Turn);
        host.Authenticate(s_key);
        Until(rig, rig.Clock.Now + (2 * Second), Turn);
        Assert.True(caller.IsIn);
        host.State();
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("hasty")]
    public void Wrong_keys_are_tried_no_faster_than_one_per_second_and_line(string kind)
    {
        const int Lines = 8;
        var door = new FakeDoor(Lines);
        var rig = Device(door);
        var random = new Random(5);
        var hostile = Enumerable.Range(0, 30).Select(k => new Hostile(kind, door, rig, random)).ToArray();
        var end = rig.Clock.Now + (10 * Second);
        Until(rig, end, () => TurnAmong(rig, hostile));

        // At the start, and then whenever a pause is over.
        var tries = hostile.Sum(h => h.Entries);
        Assert.InRange(tries, Lines * 5, Lines * 11);
    }

    [Fact]
    public void A_wrong_key_on_one_line_does_not_delay_the_right_one_on_another()
    {
        var door = new FakeDoor(4);
        var rig = Device(door);
        var random = new Random(6);
        var hostile = Enumerable.Range(0, 3).Select(k => new Hostile("wrong", door, rig, random)).ToArray();
        void Turn() => TurnAmong(rig, hostile);
        for (var round = 0; round < 57; round++)
        {
            var (_, line, time) = GetIn(rig, door, Turn, random, 1);
            Assert.InRange(time, 0, Second / 10);
            line.Line!.Disconnect();
        }
    }

    [Fact]
    public void Hosts_with_the_key_that_have_fallen_silent_make_room_and_those_that_speak_do_not()
    {
        var door = new FakeDoor(3);
        var rig = Device(door);
        var random = new Random(7);
        var (first, firstLine, _) = GetIn(rig, door, rig.Turn, random, 1);
        var (second, secondLine, _) = GetIn(rig, door, rig.Turn, random, 1);
        var (third, thirdLine, _) = GetIn(rig, door, rig.Turn, random, 1);

        // All speak: there is no room for a fourth.
        for (var k = 0; k < 10; k++)
        {
            var refused = door.Call();
            rig.Until(rig.Clock.Now + (Second / 2));
            Assert.True(refused.Seen && refused.Line is null);
            first.State();
            second.State();
            third.State();
        }

        // The second one is silent for 3 s: it stays until somebody knocks, and is the one that leaves.
        for (var k = 0; k < 10; k++)
        {
            rig.Until(rig.Clock.Now + (Second / 2));
            first.State();
            third.State();
        }

        Assert.True(secondLine.IsIn);
        var (fourth, _, time) = GetIn(rig, door, rig.Turn, random, 1);
        Assert.InRange(time, 0, Second / 10);
        Assert.True(firstLine.IsIn && thirdLine.IsIn && !secondLine.IsIn);
        fourth.State();
    }

    /// <summary>It has the key, has started a run that depends on nobody and is as fast as the wire takes it, and reads nothing any
    /// more.</summary>
    [Fact]
    public void A_host_that_stops_reading_a_fast_run_is_no_obstacle_for_another()
    {
        var door = new FakeDoor(4);
        var rig = Device(door);
        var random = new Random(8);
        var (first, firstLine, _) = GetIn(rig, door, rig.Turn, random, 1);
        first.Upload(Networks.Image(Networks.Relay(interval: 100, spikes: 10_000)), UploadTarget.Memory);
        first.Start(0);
        rig.Turns(20);
        firstLine.Line!.Room = 100;
        rig.Turns(1000);
        Assert.Equal(DeviceState.Running, rig.Application.State);

        // To look is possible at once, to take over before 3 s are over, and the run can be ended.
        var begin = rig.Clock.Now;
        var (second, _, time) = GetIn(rig, door, rig.Turn, random, 1);
        Assert.InRange(time, 0, Second / 10);
        Assert.Equal(DeviceState.Running, second.State().State);
        while (second.Request(MessageType.Stop).Type == MessageType.Nack)
        {
            rig.Until(rig.Clock.Now + (Second / 4));
        }

        Assert.InRange(rig.Clock.Now - begin, 0, 3 * Second);
        Assert.Equal(DeviceState.Idle, second.State().State);
        second.Upload(Networks.Image(Networks.Relay(spikes: 0)), UploadTarget.Memory);
    }

    /// <summary>A host that reads slowly is there: what it does not take at once waits for it, and nobody may take over.</summary>
    [Fact]
    public void A_host_that_reads_slowly_stays_in_control()
    {
        var door = new FakeDoor(4);
        var rig = Device(door);
        var random = new Random(9);
        var (first, firstLine, _) = GetIn(rig, door, rig.Turn, random, 1);
        first.Upload(Networks.Image(Networks.Relay(interval: 100, spikes: 10_000)), UploadTarget.Memory);
        first.Start(0);
        var (second, _, _) = GetIn(rig, door, rig.Turn, random, 1);
        for (var k = 0; k < 50; k++)
        {
            firstLine.Line!.Room = 600;
            rig.Until(rig.Clock.Now + (Second / 10));
            Assert.Equal(ErrorCode.OtherHost, second.Refused(MessageType.Stop).Code);
            firstLine.Line!.Room = 2000;
            first.State();
        }
    }

    [Fact]
    public void Hosts_without_the_key_get_one_answer_per_turn_between_them()
    {
        var door = new FakeDoor(4);
        var rig = Device(door);
        var callers = Enumerable.Range(0, 4).Select(_ => door.Call()).ToArray();
        rig.Turn();
        foreach (var caller in callers)
        {
            for (var k = 0; k < 8; k++)
            {
                caller.Line!.FromHost(Hostile.Frame(MessageType.Ping, k));
            }
        }

        for (var turn = 1; turn <= 32; turn++)
        {
            rig.Turn();
            Assert.InRange(callers.Sum(caller => caller.Line!.ToHost.Count), Math.Max(0, turn - 2), turn);

            // One after the other.
            Assert.InRange(callers.Max(caller => caller.Line!.ToHost.Count) - callers.Min(caller => caller.Line!.ToHost.Count), 0, 1);
        }
    }

    private static Rig.Rig Device(FakeDoor door)
    {
        var rig = new Rig.Rig(profile => profile.LinkKey = s_key, door: door);

        // A turn takes a millisecond and more, as on a board.
        rig.Clock.CostOfLooking = 300;
        return rig;
    }

    private static void TurnAmong(Rig.Rig rig, Hostile[] hostile)
    {
        foreach (var one in hostile)
        {
            one.Act();
        }

        rig.Turn();
    }

    private static void Until(Rig.Rig rig, long time, Action turn)
    {
        while (rig.Clock.Now < time)
        {
            turn();
        }
    }

    // As the host does it: who is sent away knocks again after some milliseconds.
    private static (TestHost Host, FakeDoor.Caller Line, long Time) GetIn(Rig.Rig rig, FakeDoor door, Action turn, Random random,
        int address)
    {
        var begin = rig.Clock.Now;
        while (rig.Clock.Now - begin < 10 * Second)
        {
            var caller = door.Call(address);
            while (!caller.Seen)
            {
                turn();
            }

            if (caller.IsIn)
            {
                var host = new TestHost(caller.Line!, () =>
                {
                    turn();
                    if (!caller.IsIn)
                    {
                        throw new OperationCanceledException();
                    }
                })
                {
                    Patience = 250,
                };
                try
                {
                    host.Hello(session: (uint)random.Next());
                    host.Authenticate(s_key);
                    host.Hello(session: (uint)random.Next());
                    host.State();
                    return (host, caller, rig.Clock.Now - begin);
                }
                catch (OperationCanceledException)
                {
                    // Sent away.
                }
            }

            Until(rig, rig.Clock.Now + random.Next(2000, 8000), turn);
        }

        throw new TimeoutException("not let in");
    }

    /// <summary>A host without the key that does one thing again and again, from address 1.</summary>
    private sealed class Hostile(string kind, FakeDoor door, Rig.Rig rig, Random random)
    {
        private readonly List<byte> _toSay = [];
        private FakeDoor.Caller? _caller;
        private long _again;
        private bool _spoke;
        private int _left;

        public static string[] Kinds => ["connects", "says nothing", "byte by byte", "hello and never reads", "half a handshake", "wrong",
            "hasty", "noise", "comes and goes"];

        public int Knocks { get; private set; }

        /// <summary>Times that it was let in.</summary>
        public int Entries { get; private set; }

        public static byte[] Frame(int type, int sequence, Action<BodyWriter>? write = null)
        {
            var encoder = new FrameEncoder();
            var body = encoder.Begin(type, sequence);
            write?.Invoke(body);
            Assert.True(encoder.End());
            return encoder.Wire[..encoder.WireLength];
        }

        public void Act()
        {
            if (_caller is null)
            {
                if (rig.Clock.Now >= _again)
                {
                    _caller = door.Call();
                    _spoke = false;
                    Knocks++;
                }

                return;
            }

            if (!_caller.Seen)
            {
                return;
            }

            if (!_caller.IsIn)
            {
                _caller = null;
                _again = rig.Clock.Now + random.Next(10_000);
                return;
            }

            if (!_spoke)
            {
                _spoke = true;
                Entries++;
                _left = 20;
                Speak();
            }

            Continue(_caller.Line!);
        }

        private void Speak()
        {
            _toSay.Clear();
            var hello = Frame(MessageType.Hello, 1, new HelloRequest { Session = 5 }.Write);
            switch (kind)
            {
                case "byte by byte":
                    _toSay.AddRange(hello);
                    break;
                case "hello and never reads":
                    for (var k = 0; k < 50; k++)
                    {
                        _toSay.AddRange(hello);
                    }

                    _caller!.Line!.Room = 400;
                    break;
                case "half a handshake" or "wrong" or "hasty":
                    _toSay.AddRange(hello);
                    _toSay.AddRange(Frame(MessageType.AuthBegin, 2, new AuthNonce().Write));
                    _toSay.AddRange(kind == "half a handshake" ? [] : Frame(MessageType.AuthProve, 3, new AuthProof().Write));
                    break;
                case "noise":
                    var noise = new byte[5000];
                    random.NextBytes(noise);
                    _toSay.AddRange(noise);
                    break;
            }
        }

        private void Continue(PipeTransport line)
        {
            var count = kind == "byte by byte" ? Math.Min(1, _toSay.Count) : _toSay.Count;
            line.FromHost([.. _toSay.Take(count)]);
            _toSay.RemoveRange(0, count);

            // A hasty one hangs up when its proof has been looked at, whatever the answer will be.
            _left -= line.ToHost.Count >= 2 ? 1 : 0;
            if (kind == "connects" || (kind == "comes and goes" && random.Next(20) == 0) || (kind == "hasty" && _left == 0))
            {
                line.Disconnect();
            }
        }
    }
}
