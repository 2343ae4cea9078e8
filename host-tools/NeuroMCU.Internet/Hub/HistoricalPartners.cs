// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using NeuroMCU.Internet.Packets;

namespace NeuroMCU.Internet.Hub;

/// <summary>The hub's end of the experiment's packets: named partners, and no proof of who sends.</summary>
internal sealed class HistoricalPartners
{
    private readonly List<SiteAccount> _partners;
    private readonly HistoricalClock _clock;
    private long? _origin;
    private bool _bridged;
    private bool _firstHeard;

    /// <summary>Makes the partners of a hub.</summary>
    public HistoricalPartners(IEnumerable<SiteAccount> accounts, HubCore core)
    {
        _partners = [.. accounts];
        _clock = new HistoricalClock(core.SourcesOf);
    }

    /// <summary>Sends a datagram.</summary>
    public required Func<byte[], EndPoint, bool> Send { get; init; }

    /// <summary>Gets the spikes of a partner.</summary>
    public required Action<SiteAccount, IReadOnlyList<WireSpike>, long> Spikes { get; init; }

    /// <summary>Packets that belong to no partner.</summary>
    public long Strangers { get; private set; }

    /// <summary>Takes a datagram.</summary>
    public void Take(Datagram datagram)
    {
        if (!HistoricalPacket.TryRead(datagram.Bytes, out HistoricalPacket packet)
            || PartnerOf(packet.Type, datagram.From) is not { } account)
        {
            Strangers++;
            return;
        }

        if (packet.Value > (byte)SpikeKind.Spontaneous)
        {
            account.Malformed++;
            return;
        }

        _origin ??= datagram.Time - ((long)packet.Stamp * HistoricalPacket.TickMicroseconds);
        if (packet.Type == HistoricalPacket.FirstPartner && !_firstHeard)
        {
            _firstHeard = true;
            if (_bridged)
            {
                _clock.BeginFirst(TicksOf(datagram.Time) - packet.Stamp);
            }
        }

        long time = _origin.Value + (_clock.Absolute(packet) * HistoricalPacket.TickMicroseconds);
        Spikes(account, [new WireSpike(packet.Neuron, (SpikeKind)packet.Value, time)], datagram.Time);
    }

    /// <summary>Notes a spike of a keyed site, from which stamps of the second partner may count.</summary>
    public void Note(WireSpike spike)
    {
        if (_origin is null)
        {
            _origin = 0;
            _bridged = true;
        }

        _clock.Note(spike.Neuron, TicksOf(spike.Time));
    }

    /// <summary>Sends an arrival to a partner.</summary>
    public void Post(SiteAccount account, WireArrival arrival)
    {
        HistoricalPacket packet = new(HistoricalPacket.Synapse, arrival.Neuron, arrival.Weight,
            HistoricalClock.Stamp(Math.Max(0, TicksOf(arrival.Cause))));
        if (Send(packet.ToBytes(), account.Plan.Address!))
        {
            account.Sent++;
        }
        else
        {
            account.Undelivered++;
        }
    }

    /// <summary>Tells the partners to begin.</summary>
    public void SendReady()
    {
        foreach (SiteAccount partner in _partners)
        {
            Send(HistoricalPacket.Ready.ToBytes(), partner.Plan.Address!);
        }
    }

    private long TicksOf(long time) => (time - (_origin ?? 0)) / HistoricalPacket.TickMicroseconds;

    private SiteAccount? PartnerOf(byte type, EndPoint from)
    {
        int partner = type switch { HistoricalPacket.FirstPartner => 1, HistoricalPacket.SecondPartner => 2, _ => 0 };
        return _partners.FirstOrDefault(p => p.Plan.Partner == partner && p.Plan.Address!.Address.Equals((from as IPEndPoint)?.Address));
    }
}
