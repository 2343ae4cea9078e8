// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using System.Security.Cryptography;
using NeuroMCU.Internet.Packets;

namespace NeuroMCU.Internet.Hub;

/// <summary>The hub's end of the sealed sessions: lets in who holds a site's key, and nobody else.</summary>
internal sealed class KeyedSessions
{
    private const long SilenceMicroseconds = 3_000_000;
    private const long MostSpread = 1_000_000_000;

    // A site asks for the time every 250 ms.
    private const long SignOfLife = 600_000;

    // A bad network doubles some packets; nothing but a program repeats more of them than there are.
    private const long MostRepeats = 1000;

    private readonly Dictionary<string, HubPeer> _byName;
    private readonly HubPeer?[] _byPlace;
    private readonly List<WireSpike> _spikes = [];
    private readonly Dictionary<ulong, HubSession> _sessions = [];

    /// <summary>Makes the sessions of a hub.</summary>
    public KeyedSessions(IEnumerable<SiteAccount> accounts, Func<SitePlan, byte[]> keyOf)
    {
        _byName = accounts.ToDictionary(a => a.Plan.Name, a => new HubPeer(a, keyOf(a.Plan)), StringComparer.Ordinal);
        _byPlace = new HubPeer?[_byName.Values.Max(p => p.Account.Plan.Index) + 1];
        foreach (HubPeer peer in _byName.Values)
        {
            _byPlace[peer.Account.Plan.Index] = peer;
        }
    }

    /// <summary>Sends a datagram.</summary>
    public required Func<byte[], EndPoint, bool> Send { get; init; }

    /// <summary>Gets the spikes of a site, in the order in which they arrive.</summary>
    public required Action<SiteAccount, IReadOnlyList<WireSpike>, long> Spikes { get; init; }

    /// <summary>Cuts a site off, for a reason.</summary>
    public required Action<SiteAccount, string> Cut { get; init; }

    /// <summary>Says what happens.</summary>
    public required Action<string> Say { get; init; }

    /// <summary>Says what an administrator should look at.</summary>
    public required Action<string> Warn { get; init; }

    /// <summary>Constant latency and what is done with late arrivals.</summary>
    public required LatencyPlan Latency { get; init; }

    /// <summary>The hub's time in µs.</summary>
    public required Func<long> Now { get; init; }

    /// <summary>Packets that belong to no site.</summary>
    public long Strangers { get; private set; }

    /// <summary>Whether all sites are there.</summary>
    public bool AllThere => _byName.Values.All(p => p.Current is { Silent: false });

    /// <summary>Takes a datagram.</summary>
    public void Take(Datagram datagram)
    {
        if (!KeyedPacket.TryHead(datagram.Bytes, out KeyedType type, out ulong id, out long number))
        {
            Strangers++;
        }
        else if (type == KeyedType.Hello)
        {
            Greet(datagram, id);
        }
        else if (!_sessions.TryGetValue(id, out HubSession? session))
        {
            Strangers++;
        }
        else if (!KeyedPacket.IsSealedBy(datagram.Bytes, session.Key) || IsTheHubs(type))
        {
            session.Peer.Account.Forged++;
        }
        else
        {
            Enter(session, datagram, type, number);
        }
    }

    /// <summary>Keeps an arrival for the next packet to a site.</summary>
    public void Post(SiteAccount account, WireArrival arrival)
    {
        if (_byPlace[account.Plan.Index]!.Current is not { } session)
        {
            account.AfterLeaving += account.Closed ? 1 : 0;
            account.Undelivered += account.Closed ? 0 : 1;
            return;
        }

        // Offsets of a packet have 32 bits.
        if (session.Waiting.Count > 0 && Math.Abs(arrival.Cause - session.Waiting[0].Cause) > MostSpread)
        {
            Flush(session);
        }

        session.Waiting.Add(arrival);
        if (session.Waiting.Count == KeyedBodies.MostSpikes)
        {
            Flush(session);
        }
    }

    /// <summary>Sends what waits, and notices who has gone silent.</summary>
    /// <param name="now">Hub time in µs.</param>
    public void Flush(long now)
    {
        foreach (HubPeer? peer in _byPlace)
        {
            if (peer?.Current is not { } session)
            {
                continue;
            }

            Flush(session);
            if (!session.Slow && session.Peer.Account.Unread > session.UnreadBefore)
            {
                session.Slow = true;
                Warn($"site {session.Peer.Account.Plan.Name} does not read as fast as spikes come for it: what it leaves is dropped and "
                    + "counted; the others go on");
            }

            if (!session.Silent && now - session.LastHeard > SilenceMicroseconds)
            {
                session.Silent = true;
                session.Peer.Account.Silent = true;
                Say($"site {session.Peer.Account.Plan.Name} has been silent for 3 s; the others go on");
            }
        }
    }

    /// <summary>Tells all sites that the hub ends.</summary>
    public void Close()
    {
        foreach (HubSession session in _byName.Values.Select(p => p.Current).OfType<HubSession>())
        {
            Flush(session);
            SendSealed(session, KeyedType.Closing, KeyedBodies.Total(session.Posted));
        }
    }

    // A greeting only brings an offer. The session that is there stays until the new one has proved itself with a packet under its own
    // key, so that a replayed greeting ends nothing.
    private void Greet(Datagram datagram, ulong id)
    {
        if (!KeyedBodies.TryHello(KeyedPacket.Body(datagram.Bytes), out byte[] nonce, out string name)
            || !_byName.TryGetValue(name, out HubPeer? peer))
        {
            Strangers++;
            return;
        }

        if (!KeyedPacket.IsSealedBy(datagram.Bytes, peer.Key))
        {
            peer.Account.Forged++;
            return;
        }

        if (_sessions.TryGetValue(id, out HubSession? same))
        {
            if (same.Peer == peer && same.SiteNonce.AsSpan().SequenceEqual(nonce))
            {
                // Asked again, since the answer was lost: the same answer.
                Send(KeyedPacket.Seal(KeyedType.Welcome, id, 0, [.. same.SiteNonce, .. same.HubNonce], peer.Key), datagram.From);
            }

            return;
        }

        if (peer.Offered is { } old)
        {
            _sessions.Remove(old.Id);
        }

        byte[] own = RandomNumberGenerator.GetBytes(KeyedPacket.NonceSize);
        HubSession offer = new(id, peer, nonce, own, KeyedPacket.SessionKey(peer.Key, nonce, own))
        {
            Address = datagram.From,
            Offered = datagram.Time,
        };
        peer.Offered = offer;
        _sessions[id] = offer;
        Send(KeyedPacket.Seal(KeyedType.Welcome, id, 0, [.. nonce, .. own], peer.Key), datagram.From);
    }

    // Packets of the hub that somebody sends back.
    private static bool IsTheHubs(KeyedType type) =>
        type is KeyedType.Welcome or KeyedType.Arrivals or KeyedType.SyncAnswer or KeyedType.ByeAnswer or KeyedType.Closing;

    // Two programs with one key would end each other's sessions for ever: the one that is there stays. One that was killed says nothing
    // behind the offer; one that came back is the same run.
    private bool MayBegin(HubSession offer, Datagram datagram, KeyedType type)
    {
        HubPeer peer = offer.Peer;
        if (offer.Occupied)
        {
            bool spikes = type == KeyedType.Spikes && KeyedBodies.TrySpikes(KeyedPacket.Body(datagram.Bytes), out _, _spikes);
            peer.Account.SecondProgram += spikes ? _spikes.Count : 0;
        }

        if (type != KeyedType.Sync || peer.Current is not { } current
            || !KeyedBodies.TrySync(KeyedPacket.Body(datagram.Bytes), out Sync sync) || sync.Run == current.Tally.Run)
        {
            return !offer.Occupied;
        }

        if (current.LastHeard <= offer.Offered)
        {
            return datagram.Time - offer.Offered > SignOfLife;
        }

        if (!offer.Occupied)
        {
            offer.Occupied = true;
            string other = offer.Address.ToString()!;
            if (peer.Others.Add(other))
            {
                Warn($"two programs are site {peer.Account.Plan.Name}: one at {current.Address}, the other at {other}; the first stays, "
                    + "and the other is let in when that has ended");
            }
        }

        SendSealed(offer, KeyedType.SyncAnswer, KeyedBodies.Answer(Answer(offer, sync, datagram.Time) with { Occupied = true }));
        return false;
    }

    private SyncAnswer Answer(HubSession session, Sync sync, long heard) =>
        new(sync.Time, heard, Now(), session.Posted, Latency.Delay, Latency.DeliverLate, AllThere) { Measured = Latency.Measured };

    private void Enter(HubSession session, Datagram datagram, KeyedType type, long number)
    {
        HubPeer peer = session.Peer;
        if (peer.Offered == session)
        {
            if (!MayBegin(session, datagram, type))
            {
                return;
            }

            Begin(session, datagram.From);
        }

        if (datagram.From is WebSocketPeer connection)
        {
            connection.IsProven = true;
        }

        if (!peer.Limit.Take(datagram.Time) && ++peer.TooMany > 2 * peer.PacketRate && peer.Account.CutOff is null)
        {
            Cut(peer.Account, FormattableString.Invariant($"it sends more than {peer.PacketRate:0} packets per second"));
        }

        Sequence sequence = session.Window.Enter(number);
        if (sequence is Sequence.Duplicate or Sequence.TooOld)
        {
            NoteRepeat(session, datagram.From);

            // The site may not have heard the answer to its goodbye.
            if (type == KeyedType.Bye && sequence == Sequence.Duplicate)
            {
                SendSealed(session, KeyedType.ByeAnswer, KeyedBodies.Total(session.Posted));
            }

            return;
        }

        if (sequence == Sequence.InOrder)
        {
            session.Address = datagram.From;
        }

        if (session.Silent)
        {
            session.Silent = false;
            peer.Account.Silent = false;
            Say($"site {peer.Account.Plan.Name} is back");
        }

        session.LastHeard = datagram.Time;
        ReadOnlySpan<byte> body = KeyedPacket.Body(datagram.Bytes);
        switch (type)
        {
            case KeyedType.Spikes when KeyedBodies.TrySpikes(body, out long first, _spikes):
                session.Tally.Enter(first, _spikes.Count);
                Spikes(peer.Account, _spikes, datagram.Time);
                break;
            case KeyedType.Sync when KeyedBodies.TrySync(body, out Sync sync):
                session.Tally.Run = sync.Run;
                session.Tally.Announce(sync.Total);
                if (peer.Account.CloseEarlier(session.Tally, sync.Earlier) is > 0 and var before)
                {
                    Warn($"site {peer.Account.Plan.Name} had sent {before} spikes to a hub that ended without a word; what of them arrived "
                        + "stands in that hub's log, if it kept one");
                }

                SendSealed(session, KeyedType.SyncAnswer, KeyedBodies.Answer(Answer(session, sync, datagram.Time)));
                break;
            case KeyedType.Bye when KeyedBodies.TryTotal(body, out long sent):
                session.Tally.Announce(sent);
                session.Tally.Closed = true;
                Flush(session);
                SendSealed(session, KeyedType.ByeAnswer, KeyedBodies.Total(session.Posted));
                End(session);
                break;
            default:
                peer.Account.Malformed++;
                break;
        }
    }

    // Packets of another address are those of somebody who listens on the line: the site is not to suffer for them.
    private void NoteRepeat(HubSession session, EndPoint from)
    {
        SiteAccount account = session.Peer.Account;
        bool own = session.Address.Equals(from) || from is not IPEndPoint;
        session.Elsewhere += own ? 0 : 1;
        account.Repeats += own ? 0 : 1;
        if (!own && account.Repeater is null)
        {
            account.Repeater = from.ToString();
            Say($"packets of site {account.Plan.Name} are repeated by {account.Repeater}; each of them counts once");
        }

        long repeats = session.Window.Duplicates + session.Window.TooOld - session.Elsewhere;
        if (own && repeats > MostRepeats && repeats > session.Window.Received && account.CutOff is null)
        {
            Cut(account, "it repeats its packets");
        }
    }

    private void Begin(HubSession session, EndPoint from)
    {
        HubPeer peer = session.Peer;
        bool again = peer.Account.Windows.Count > 0;
        if (peer.Current is { } old)
        {
            _sessions.Remove(old.Id);
        }

        peer.Offered = null;
        peer.Current = session;
        session.UnreadBefore = peer.Account.Unread;
        peer.Account.Closed = false;
        peer.Account.Silent = false;
        peer.Account.Windows.Add(session.Window);
        peer.Account.Tallies.Add(session.Tally);
        Say($"site {peer.Account.Plan.Name} {(again ? "joined again" : "joined")} from {from}");
    }

    private void End(HubSession session)
    {
        HubPeer peer = session.Peer;
        peer.Account.Closed = true;
        if (peer.Current == session)
        {
            // Its packets are still answered: the goodbye may have to be heard twice. Arrivals for it are counted as undelivered from
            // now on.
            peer.Current = null;
            Say($"site {peer.Account.Plan.Name} has left");
        }
    }

    private void Flush(HubSession session)
    {
        if (session.Waiting.Count == 0)
        {
            return;
        }

        ReadOnlySpan<WireArrival> waiting = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(session.Waiting);
        bool sent = SendSealed(session, KeyedType.Arrivals, KeyedBodies.Arrivals(session.Posted, waiting));
        session.Posted += waiting.Length;
        bool unread = !sent && session.Address is WebSocketPeer { IsOpen: true };
        session.Peer.Account.Sent += sent || unread ? waiting.Length : 0;
        session.Peer.Account.Undelivered += sent || unread ? 0 : waiting.Length;
        session.Peer.Account.AddUnread(unread ? waiting.Length : 0);
        session.Waiting.Clear();
    }

    private bool SendSealed(HubSession session, KeyedType type, ReadOnlySpan<byte> body) =>
        Send(KeyedPacket.Seal(type, session.Id, ++session.Number, body, session.Key), session.Address);
}
