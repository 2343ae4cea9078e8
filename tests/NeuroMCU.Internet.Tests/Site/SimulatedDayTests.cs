// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using NeuroMCU.Internet.Clocks;
using NeuroMCU.Internet.Hub;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Site;

namespace NeuroMCU.Internet.Tests.Site;

/// <summary>
/// A site and its hub over a bad line for hours of simulated time: the cable is out for a minute and for a third of the time, the hub is
/// killed, the site's clock jumps, and the line breaks twenty times more. NEUROMCU_LONG_RUNS=1 makes it a day.
/// </summary>
public sealed class SimulatedDayTests
{
    private const long Second = 1_000_000;
    private const double Ppm = 40;
    private readonly PriorityQueue<Action, (long Time, long Order)> _events = new();
    private readonly Random _random = new(4);
    private readonly byte[] _key = new byte[32];
    private readonly List<long> _jumps = [];
    private readonly HashSet<long> _arrived = [];
    private long _now;
    private long _order;
    private long _jumped;
    private bool _cut;
    private Hub? _hub;
    private Action<byte[]> _received = _ => { };

    [Fact]
    public async Task The_account_is_exact_and_the_stamps_are_true_whatever_breaks()
    {
        int hours = Environment.GetEnvironmentVariable("NEUROMCU_LONG_RUNS") == "1" ? 24 : 3;
        long end = hours * 3600 * Second;
        long At(double share) => (long)(share * end);
        await using HubLink link = new(new Line(this), "zurich", _key, new MicrosecondClock(SiteTime));
        long wanted = 0;
        List<(long Sent, double Error)> stamps = [];
        int lateOrTwice = 0;
        link.Arrived = arrivals => arrivals.ToList().ForEach(a => lateOrTwice += _arrived.Add(a.Cause) ? 0 : 1);

        _hub = new Hub(this, 0);
        Hub first = _hub;
        Ask();
        Fire();
        Out(At(0.1), 60 * Second);
        long known = 0;
        After(At(0.2), () => (_hub, known) = (null, link.Sent));
        After(At(0.2) + (10 * Second), () => _hub = new Hub(this, _now));
        Out(At(0.3), At(1 / 3.0));
        foreach ((double at, long jump) in new[] { (0.7, 10 * Second), (0.75, -10 * Second), (0.77, -3600 * Second) })
        {
            After(At(at), () =>
            {
                _jumped += jump;
                _jumps.Add(_now);
            });
        }

        for (int k = 0; k < 20; k++)
        {
            Out(At(0.8 + (0.008 * k)), (1 + (k % 5)) * Second);
        }

        Run(end);
        Hub second = _hub!;
        Task<bool> leaving = link.LeaveAsync();
        Run(end + Second);
        Assert.True(await leaving);

        // Every spike is in one place: not sent, sent to the hub that was killed, taken, or lost.
        Assert.Equal(wanted, link.Sent + link.Unsent);
        SiteAccount account = second.Account;
        Assert.InRange(account.Before, known, known + 20);   // it notices the end of the hub within 3 s
        Assert.Equal(link.Sent - account.Before, account.Taken + account.Lost);
        Assert.Equal((0, 0, 0, 0), (account.OpenSessions, account.Forged, account.Malformed, account.Refused));
        Assert.True(account.Lost > 5 && account.Taken > wanted / 3);
        Assert.InRange(first.Account.Taken, known * 0.97, known);
        Assert.Equal(0, link.Refused);
        Assert.Equal(0, lateOrTwice);

        // A clock that jumped is found within three answers; nothing else moves a stamp.
        double middle = stamps.Select(s => s.Error).Order().ElementAt(stamps.Count / 2);
        Assert.InRange(middle, -1000, 1000);
        (long Sent, double Error)[] wrong = [.. stamps.Where(s => Math.Abs(s.Error - middle) > 5000)];
        Assert.All(wrong, s => Assert.Contains(_jumps, j => s.Sent - j is >= 0 and < 5 * Second));
        Assert.InRange(stamps.Count(s => Math.Abs(s.Error - middle) <= 1000) / (double)stamps.Count, 0.998, 1);
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(
            $"{wanted} spikes, {link.Sent} sent, {account.Before} to the first hub, {account.Taken} taken, {account.Lost} lost, {wrong.Length} with a wrong time"));

        void Ask() => After(_now + (1000L * link.Ask()), Ask);

        void Fire() => After(_now + _random.NextInt64(2 * Second), () =>
        {
            wanted++;
            long stamp = link.ToHub(link.Clock.Now);
            long before = link.Sent;
            link.Send([new WireSpike(63, SpikeKind.Spontaneous, stamp)]);
            if (link.Sent > before && _hub is not null && link.HubClock.Samples > 8)
            {
                stamps.Add((_now, stamp - _hub.Now));
            }

            Fire();
        });

        void Out(long from, long time)
        {
            After(from, () => _cut = true);
            After(from + time, () => _cut = false);
        }
    }

    private long SiteTime() => (long)(_now * (1 + (Ppm * 1e-6))) + 77_000_000 + _jumped;

    private void After(long time, Action what) => _events.Enqueue(what, (time, _order++));

    private void Run(long end)
    {
        while (_events.TryPeek(out _, out (long Time, long Order) due) && due.Time <= end)
        {
            Action what = _events.Dequeue();
            _now = due.Time;
            what();
        }
    }

    // One of a hundred packets is lost, one of a hundred doubled; each takes 15 to 25 ms.
    private void Carry(byte[] packet, Action<byte[]> to)
    {
        for (double copies = _cut || _random.NextDouble() < 0.01 ? 0 : _random.NextDouble() < 0.01 ? 2 : 1; copies > 0; copies--)
        {
            After(_now + _random.NextInt64(15_000, 25_000), () => to(packet));
        }
    }

    private sealed class Hub
    {
        private readonly SimulatedDayTests _day;
        private readonly long _begin;

        public Hub(SimulatedDayTests day, long begin)
        {
            (_day, _begin) = (day, begin);
            Account = new SiteAccount(new SitePlan(0, "zurich", Transport.Keyed, null, 0, null, 1e5));
            Sessions = new KeyedSessions([Account], _ => day._key)
            {
                Send = (bytes, _) =>
                {
                    day.Carry(bytes, packet => day._received(packet));
                    return true;
                },
                Spikes = Take,
                Cut = (_, why) => Assert.Fail(why),
                Say = _ => { },
                Warn = _ => { },
                Latency = new LatencyPlan(40_000, true),
                Now = () => Now,
            };
        }

        public SiteAccount Account { get; }

        public KeyedSessions Sessions { get; }

        public long Now => _day._now - _begin;

        public void Take(byte[] packet)
        {
            Sessions.Take(new Datagram(Transport.Keyed, new IPEndPoint(IPAddress.Loopback, 9), packet, Now));
            Sessions.Flush(Now);
        }

        private void Take(SiteAccount account, IReadOnlyList<WireSpike> spikes, long arrived)
        {
            account.Taken += spikes.Count;
            foreach (WireSpike spike in spikes)
            {
                Sessions.Post(account, new WireArrival(1, 100, spike.Time));
            }
        }
    }

    private sealed class Line(SimulatedDayTests day) : ISiteCarrier
    {
        public void Open(Action<byte[]> received) => day._received = received;

        public void Send(byte[] packet) => day.Carry(packet, p => day._hub?.Take(p));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
