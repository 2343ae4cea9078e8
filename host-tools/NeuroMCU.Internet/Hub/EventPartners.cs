// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using NeuroMCU.Internet.Clocks;
using NeuroMCU.Internet.Packets;

namespace NeuroMCU.Internet.Hub;

/// <summary>
/// The hub's end of EIEIO and jAER packets: partners with a named address, and no proof of who sends. The time of a partner's clock is
/// compared with the hub's by what arrived with the least delay.
/// </summary>
internal sealed class EventPartners
{
    private readonly List<Partner> _partners;

    /// <summary>Makes the partners of a hub.</summary>
    public EventPartners(IEnumerable<SiteAccount> accounts)
    {
        _partners = [.. accounts.Select(a => new Partner(a))];
    }

    /// <summary>Sends a datagram.</summary>
    public required Func<Transport, byte[], EndPoint, bool> Send { get; init; }

    /// <summary>Gets the spikes of a partner.</summary>
    public required Action<SiteAccount, IReadOnlyList<WireSpike>, long> Spikes { get; init; }

    /// <summary>Packets that belong to no partner.</summary>
    public long Strangers { get; private set; }

    /// <summary>Takes a datagram.</summary>
    public void Take(Datagram datagram)
    {
        SitePlan? Plan(Partner p) => p.Account.Plan.Transport == datagram.Transport ? p.Account.Plan : null;
        IPAddress? from = (datagram.From as IPEndPoint)?.Address;
        if (_partners.FirstOrDefault(p => Plan(p)?.Address!.Address.Equals(from) == true) is not { } partner)
        {
            Strangers++;
            return;
        }

        List<AddressEvent> events = [];
        if (datagram.Transport == Transport.Jaer)
        {
            if (!JaerPacket.TryRead(datagram.Bytes, out int number, events))
            {
                partner.Account.Malformed++;
                return;
            }

            if (partner.Number(number) is Sequence.Duplicate or Sequence.TooOld)
            {
                return;
            }
        }
        else if (!EieioPacket.TryRead(datagram.Bytes, events))
        {
            partner.Account.Malformed += EieioPacket.IsCommand(datagram.Bytes) ? 0 : 1;
            return;
        }

        if (events.Count > 0 && events[^1].Time is { } last)
        {
            partner.Clock.Note(partner.Unwrap(last), datagram.Time);
        }

        uint first = (uint)partner.Account.Plan.FirstKey;
        Spikes(partner.Account, [.. events.Select(e => new WireSpike(e.Key < first ? -1 : (int)Math.Min(e.Key - first, int.MaxValue),
            SpikeKind.Spontaneous, e.Time is { } time ? partner.Clock.ToOwn(partner.Unwrap(time)) : datagram.Time))], datagram.Time);
    }

    /// <summary>Keeps an arrival for the next packet to a partner.</summary>
    public void Post(SiteAccount account, WireArrival arrival)
    {
        Partner partner = _partners.First(p => p.Account == account);
        partner.Waiting.Add(arrival);
        if (partner.Waiting.Count == Most(account))
        {
            Flush(partner);
        }
    }

    /// <summary>Sends what waits.</summary>
    public void Flush() => _partners.ForEach(Flush);

    private static int Most(SiteAccount account) =>
        account.Plan.Transport == Transport.Jaer ? JaerPacket.MostArrivals : EieioPacket.MostArrivals;

    private void Flush(Partner partner)
    {
        if (partner.Waiting.Count == 0)
        {
            return;
        }

        SitePlan plan = partner.Account.Plan;
        ReadOnlySpan<WireArrival> waiting = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(partner.Waiting);
        byte[] packet = plan.Transport == Transport.Jaer ? JaerPacket.Write(partner.NextNumber(), waiting, (uint)plan.FirstKey)
            : EieioPacket.Write(waiting, (uint)plan.FirstKey);
        bool sent = Send(plan.Transport, packet, plan.Address!);
        partner.Account.Sent += sent ? waiting.Length : 0;
        partner.Account.Undelivered += sent ? 0 : waiting.Length;
        partner.Waiting.Clear();
    }

    private sealed class Partner(SiteAccount account)
    {
        private SequenceWindow _window = new();
        private long _first;
        private long _turns;
        private long _lastTime;
        private int _sent;

        public SiteAccount Account { get; } = account;

        public DeviceClock Clock { get; } = new();

        public List<WireArrival> Waiting { get; } = [];

        // The first packet that is heard is the first one: what was sent before the hub was there is no loss.
        public Sequence Number(int number)
        {
            if (Account.Windows.Count == 0)
            {
                _first = number - 1;
                Account.Windows.Add(_window);
            }

            // After 2³¹ − 1 comes 1.
            long whole = number - _first + (_turns * int.MaxValue);
            if (whole < _window.Highest - (int.MaxValue / 2))
            {
                _turns++;
                whole += int.MaxValue;
            }

            // A jump beyond what can be judged is another run of the partner's program: nobody knows what was lost between them.
            if (Math.Abs(whole - _window.Highest) >= SequenceWindow.Reach)
            {
                _window = new SequenceWindow();
                Account.Windows.Add(_window);
                Account.Renumbered++;
                (_first, _turns, whole) = (number - 1, 0, 1);
            }

            return _window.Enter(whole);
        }

        public int NextNumber() => _sent = _sent == int.MaxValue ? 1 : _sent + 1;

        // Times of 32 bits wrap around.
        public long Unwrap(long time)
        {
            if (Account.Plan.Transport != Transport.Jaer)
            {
                return time;
            }

            long turn = 1L << 32;
            long whole = time + ((long)Math.Round((_lastTime - time) / (double)turn) * turn);
            _lastTime = whole;
            return whole;
        }
    }
}
