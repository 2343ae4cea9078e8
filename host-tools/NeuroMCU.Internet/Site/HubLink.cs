// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Security.Cryptography;
using NeuroMCU.Internet.Clocks;
using NeuroMCU.Internet.Packets;

namespace NeuroMCU.Internet.Site;

/// <summary>
/// A site's end of a sealed session: greets the hub until it answers, asks for its time again and again, numbers what it sends and
/// counts what is missing of what the hub sends. Where the hub goes away it greets again; what is sent meanwhile is counted.
/// </summary>
internal sealed class HubLink : IAsyncDisposable
{
    private const int QuickSyncs = 24;
    private const int QuickMilliseconds = 15;
    private const int SlowMilliseconds = 250;
    private const long OccupiedMicroseconds = 1_000_000;

    private readonly ISiteCarrier _carrier;
    private readonly string _site;
    private readonly byte[] _key;
    private readonly ulong _run = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly Task _asking;
    private TaskCompletionSource _byeHeard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Session? _session;
    private Session _greeting;
    private Session? _ended;
    private bool _leaving;
    private long _settled;
    private long _again;

    /// <summary>Opens the link; the greeting goes on by itself.</summary>
    /// <param name="carrier">Carries its packets; it is closed with the link.</param>
    /// <param name="simulated">A clock that is not the machine's: whoever has it also calls <see cref="Ask" />. Null for the
    /// machine's.</param>
    public HubLink(ISiteCarrier carrier, string site, byte[] key, MicrosecondClock? simulated = null)
    {
        Clock = simulated ?? new MicrosecondClock();
        _site = site;
        _key = key;
        _carrier = carrier;
        _greeting = new Session();
        carrier.Open(packet => Take(packet, Clock.Now));
        _asking = simulated is null ? Task.Run(AskAsync) : Task.CompletedTask;
    }

    /// <summary>Gets arrivals, on the link's own thread.</summary>
    public Action<IReadOnlyList<WireArrival>>? Arrived { get; set; }

    /// <summary>Says what happens.</summary>
    public Action<string>? Say { get; set; }

    /// <summary>How long the hub may be silent before it is greeted again.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The site's own clock.</summary>
    public MicrosecondClock Clock { get; }

    /// <summary>How the hub's clock stands to the site's.</summary>
    public ClockEstimate HubClock { get; } = new();

    /// <summary>What the hub said last; null before the first answer.</summary>
    public SyncAnswer? Policy { get; private set; }

    /// <summary>Judges of the packets of each session.</summary>
    public List<SequenceWindow> Windows { get; } = [];

    /// <summary>Tallies of the arrivals of each session.</summary>
    public List<SpikeTally> Tallies { get; } = [];

    /// <summary>Spikes that were sent.</summary>
    public long Sent { get; private set; }

    /// <summary>Spikes that could not be sent, since the hub was not there.</summary>
    public long Unsent { get; private set; }

    /// <summary>Sessions that broke: arrivals that were lost at their end are not known here.</summary>
    public int Broken { get; private set; }

    /// <summary>Whether another program is this site at the hub.</summary>
    public bool IsOccupied { get; private set; }

    /// <summary>Packets that were not sealed by the hub, or made no sense.</summary>
    public long Refused { get; private set; }

    /// <summary>Whether the hub has heard the goodbye, so that the account is closed.</summary>
    public bool Closed { get; private set; }

    /// <summary>Why nothing gets to the hub at the moment; null where that is not known.</summary>
    public string? Trouble => _carrier.Trouble;

    /// <summary>Whether the clocks have been compared often enough to stamp spikes.</summary>
    public bool IsSynchronised
    {
        get
        {
            lock (_gate)
            {
                return _session is not null && HubClock.Samples >= QuickSyncs / 2;
            }
        }
    }

    /// <summary>Figures as they are now; read from any thread.</summary>
    public LinkFigures Figures
    {
        get
        {
            lock (_gate)
            {
                return new LinkFigures(_session is not null, Sent, Unsent, Tallies.Sum(t => t.Received), Tallies.Sum(t => t.Lost), Broken,
                    HubClock.RoundTrip);
            }
        }
    }

    /// <summary>Hub time of a time of the site.</summary>
    /// <param name="own">Own time in µs.</param>
    /// <returns>Hub time in µs.</returns>
    public long ToHub(long own)
    {
        lock (_gate)
        {
            return HubClock.ToOther(own);
        }
    }

    /// <summary>Own time of a time of the hub.</summary>
    /// <param name="hub">Hub time in µs.</param>
    /// <returns>Own time in µs.</returns>
    public long ToOwn(long hub)
    {
        lock (_gate)
        {
            return HubClock.ToOwn(hub);
        }
    }

    /// <summary>Sends spikes, in as many packets as it takes.</summary>
    public void Send(ReadOnlySpan<WireSpike> spikes)
    {
        lock (_gate)
        {
            if (_session is null || HubClock.Samples == 0)
            {
                // Without the hub's time a spike cannot be stamped.
                Unsent += spikes.Length;
                return;
            }

            while (spikes.Length > 0)
            {
                ReadOnlySpan<WireSpike> packet = spikes[..Math.Min(spikes.Length, KeyedBodies.MostSpikes)];
                SendSealed(_session, KeyedType.Spikes, KeyedBodies.Spikes(_session.Sent, packet));
                _session.Sent += packet.Length;
                Sent += packet.Length;
                spikes = spikes[packet.Length..];
            }
        }
    }

    /// <summary>Greets, or asks for the time.</summary>
    /// <returns>Milliseconds after which that is due again.</returns>
    public int Ask()
    {
        lock (_gate)
        {
            if (_leaving && Closed)
            {
                return SlowMilliseconds;
            }

            if (_session is not null && Clock.Now - _session.LastHeard > Silence.TotalMicroseconds)
            {
                Say?.Invoke("the hub has been silent; greeting it again");
                Broken++;
                GreetAgain();
            }

            if (_session is null)
            {
                if (!_leaving && Clock.Now >= _again)
                {
                    _carrier.Send(KeyedPacket.Seal(KeyedType.Hello, _greeting.Id, 0, KeyedBodies.Hello(_greeting.Nonce, _site), _key));
                }

                return 100;
            }

            Sync sync = new(Clock.Now, _session.Sent, _run, Sent - _session.Sent - _settled);
            SendSealed(_session, KeyedType.Sync, KeyedBodies.Sync(sync));
            return HubClock.Samples < QuickSyncs ? QuickMilliseconds : SlowMilliseconds;
        }
    }

    /// <summary>Says goodbye until the hub has heard it, at most half a second.</summary>
    /// <returns>Whether it has.</returns>
    public async Task<bool> LeaveAsync()
    {
        for (int tries = 0; tries < 10 && !Closed; tries++)
        {
            lock (_gate)
            {
                _leaving = true;
                if (_session is null)
                {
                    return Closed;
                }

                SendSealed(_session, KeyedType.Bye, KeyedBodies.Total(_session.Sent));
            }

            await Task.WhenAny(_byeHeard.Task, Task.Delay(50)).ConfigureAwait(false);
        }

        return Closed;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _asking.ConfigureAwait(false);
        await _carrier.DisposeAsync().ConfigureAwait(false);
        _end.Dispose();
    }

    private async Task AskAsync()
    {
        try
        {
            while (!_end.IsCancellationRequested)
            {
                await Task.Delay(Ask(), _end.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The link is closed.
            return;
        }
    }

    private void Take(ReadOnlySpan<byte> datagram, long received)
    {
        List<WireArrival>? arrivals = null;
        lock (_gate)
        {
            if (!KeyedPacket.TryHead(datagram, out KeyedType type, out ulong id, out long number))
            {
                Refused++;
            }
            else if (type == KeyedType.Welcome)
            {
                Welcome(datagram, id, received);
            }
            else if (_session is not { } session || session.Id != id || !KeyedPacket.IsSealedBy(datagram, session.Key)
                || type is not (KeyedType.Arrivals or KeyedType.SyncAnswer or KeyedType.ByeAnswer or KeyedType.Closing))
            {
                // What was under way when a session ended is the hub's as well.
                Refused += _ended is { } old && old.Id == id && KeyedPacket.IsSealedBy(datagram, old.Key) ? 0 : 1;
            }
            else if (session.Window.Enter(number) is Sequence.InOrder or Sequence.Reordered)
            {
                session.LastHeard = received;
                arrivals = Enter(session, type, KeyedPacket.Body(datagram), received);
            }
        }

        if (arrivals is not null)
        {
            Arrived?.Invoke(arrivals);
        }
    }

    private List<WireArrival>? Enter(Session session, KeyedType type, ReadOnlySpan<byte> body, long received)
    {
        switch (type)
        {
            case KeyedType.Arrivals when KeyedBodies.TryArrivals(body, out long first, out List<WireArrival> arrivals):
                session.Tally.Enter(first, arrivals.Count);
                return arrivals;
            case KeyedType.SyncAnswer when KeyedBodies.TryAnswer(body, out SyncAnswer answer) && answer.Occupied:
                if (!IsOccupied)
                {
                    Say?.Invoke($"another program is site {_site} at the hub already; this one is let in when that has ended");
                }

                IsOccupied = true;
                _again = received + OccupiedMicroseconds;
                Windows.Remove(session.Window);
                Tallies.Remove(session.Tally);
                GreetAgain();
                break;
            case KeyedType.SyncAnswer when KeyedBodies.TryAnswer(body, out SyncAnswer answer):
                IsOccupied = false;
                if (!session.IsJoined)
                {
                    session.IsJoined = true;
                    Say?.Invoke(Windows.Count == 1 ? "joined the hub" : "joined the hub again");
                }

                session.Tally.Announce(answer.Total);
                HubClock.Add(answer.Asked, answer.Heard, answer.Answered, received);
                Policy = answer;
                break;
            case KeyedType.ByeAnswer when KeyedBodies.TryTotal(body, out long total):
                session.Tally.Announce(total);
                Closed = _leaving;
                _byeHeard.TrySetResult();
                break;
            case KeyedType.Closing when KeyedBodies.TryTotal(body, out long last):
                session.Tally.Announce(last);
                SendSealed(session, KeyedType.Bye, KeyedBodies.Total(session.Sent));
                Closed = true;
                _settled = Sent;
                Say?.Invoke("the hub has ended");
                GreetAgain();
                break;
            default:
                Refused++;
                break;
        }

        return null;
    }

    private void GreetAgain()
    {
        _ended = _session;
        _session = null;
        _greeting = new Session();
    }

    private void Welcome(ReadOnlySpan<byte> datagram, ulong id, long received)
    {
        ReadOnlySpan<byte> body = KeyedPacket.Body(datagram);
        if (_session is not null || id != _greeting.Id || body.Length != 2 * KeyedPacket.NonceSize
            || !KeyedPacket.IsSealedBy(datagram, _key)
            || !body[..KeyedPacket.NonceSize].SequenceEqual(_greeting.Nonce))
        {
            Refused += _session is null && !KeyedPacket.IsSealedBy(datagram, _key) ? 1 : 0;
            return;
        }

        _session = _greeting;
        _session.Key = KeyedPacket.SessionKey(_key, _greeting.Nonce, body[KeyedPacket.NonceSize..]);
        _session.LastHeard = received;
        Closed = false;
        _byeHeard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // Another run of the hub has another clock.
        HubClock.Clear();
        Windows.Add(_session.Window);
        Tallies.Add(_session.Tally);
        SendSealed(_session, KeyedType.Sync, KeyedBodies.Sync(new Sync(Clock.Now, 0, _run, Sent - _settled)));
    }

    private void SendSealed(Session session, KeyedType type, ReadOnlySpan<byte> body) =>
        _carrier.Send(KeyedPacket.Seal(type, session.Id, ++session.Number, body, session.Key));

    private sealed class Session
    {
        public ulong Id { get; } = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));

        public byte[] Nonce { get; } = RandomNumberGenerator.GetBytes(KeyedPacket.NonceSize);

        public byte[] Key { get; set; } = [];

        public SequenceWindow Window { get; } = new();

        public SpikeTally Tally { get; } = new();

        public long Number { get; set; }

        public long Sent { get; set; }

        public long LastHeard { get; set; }

        /// <summary>Whether the hub took the session: a welcome is only an offer.</summary>
        public bool IsJoined { get; set; }
    }
}
