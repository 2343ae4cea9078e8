// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using NeuroMCU.Internet.Packets;

namespace NeuroMCU.Internet.Tests.Hub;

/// <summary>A bad network between a site and its hub: loses, doubles, delays and swaps packets as its seed says, and knows what it has
/// done.</summary>
internal sealed class Relay : IDisposable
{
    private readonly Socket _front = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Socket _back = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Task _up;
    private readonly Task _down;
    private volatile bool _closed;
    private EndPoint? _site;

    public Relay(IPEndPoint hub, int seed, double loss, double doubled, double swapped, double delay = 0, double jitter = 0)
    {
        _front.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _back.Connect(hub);
        Up = new Way(new Random(seed), loss, doubled, swapped, delay, jitter);
        Down = new Way(new Random(seed + 1), loss, doubled, swapped, delay, jitter);
        _up = Task.Factory.StartNew(() => Forward(_front, Up, bytes => _back.Send(bytes)), CancellationToken.None,
            TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _down = Task.Factory.StartNew(() => Forward(_back, Down, bytes => _front.SendTo(bytes, _site!)), CancellationToken.None,
            TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public IPEndPoint Place => (IPEndPoint)_front.LocalEndPoint!;

    /// <summary>Whether the cable is out.</summary>
    public bool Cut { get; set; }

    /// <summary>From the site to the hub.</summary>
    public Way Up { get; }

    /// <summary>From the hub to the site.</summary>
    public Way Down { get; }

    public void Dispose()
    {
        _closed = true;
        Task.WaitAll(_up, _down);
        _front.Dispose();
        _back.Dispose();
    }

    private void Forward(Socket from, Way way, Action<byte[]> send)
    {
        byte[] buffer = new byte[2000];
        while (!_closed)
        {
            byte[]? packet = null;
            if (from.Poll(way.Delays ? 500 : 5000, SelectMode.SelectRead))
            {
                EndPoint sender = new IPEndPoint(IPAddress.Any, 0);
                int count = from == _front ? from.ReceiveFrom(buffer, ref sender) : from.Receive(buffer);
                _site = from == _front ? sender : _site;
                packet = buffer.AsSpan(0, count).ToArray();
            }

            way.Take(Cut ? null : packet, send);
        }
    }

    /// <summary>One direction, and the account that its receiver should come to.</summary>
    public sealed class Way(Random random, double loss, double doubled, double swapped, double delay, double jitter)
    {
        private readonly PriorityQueue<byte[], double> _underWay = new();
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private readonly HashSet<long> _delivered = [];
        private readonly List<WireSpike> _spikes = [];
        private readonly List<(byte[] Packet, int After)> _held = [];

        /// <summary>What was decided about each packet, in order.</summary>
        public List<string> Decisions { get; } = [];

        public bool Delays => delay > 0;

        public long Highest { get; private set; }

        public long Lost => Highest - _delivered.Count;

        public long Duplicates { get; private set; }

        public long Reordered { get; private set; }

        public long Spikes { get; private set; }

        public void Take(byte[]? packet, Action<byte[]> send)
        {
            // What is held back goes out behind some that were sent later, or when nothing comes.
            for (int k = _held.Count - 1; k >= 0; k--)
            {
                (byte[] held, int after) = _held[k];
                _held[k] = (held, after - 1);
                if (after <= 0 || packet is null)
                {
                    _held.RemoveAt(k);
                    Deliver(held, send);
                }
            }

            for (double now = _clock.Elapsed.TotalMilliseconds; _underWay.TryPeek(out byte[]? due, out double time) && time <= now;)
            {
                _underWay.Dequeue();
                Send(due, send);
            }

            if (packet is null)
            {
                return;
            }

            if (random.NextDouble() < loss)
            {
                Decisions.Add("lost");
                return;
            }

            if (random.NextDouble() < swapped)
            {
                Decisions.Add("held back");
                _held.Add((packet, random.Next(1, 5)));
                return;
            }

            Deliver(packet, send);
            bool twice = random.NextDouble() < doubled;
            Decisions.Add(twice ? "sent twice" : "sent");
            if (twice)
            {
                Deliver(packet, send);
            }
        }

        // Delays of ±jitter around the mean let packets overtake each other, as on a real line.
        private void Deliver(byte[] packet, Action<byte[]> send)
        {
            if (Delays)
            {
                _underWay.Enqueue(packet, _clock.Elapsed.TotalMilliseconds + delay + (((2 * random.NextDouble()) - 1) * jitter));
                return;
            }

            Send(packet, send);
        }

        private void Send(byte[] packet, Action<byte[]> send)
        {
            Assert.True(KeyedPacket.TryHead(packet, out KeyedType type, out _, out long number));
            send(packet);
            if (type is KeyedType.Hello or KeyedType.Welcome)
            {
                return;
            }

            if (!_delivered.Add(number))
            {
                Duplicates++;
                return;
            }

            Reordered += number < Highest ? 1 : 0;
            Highest = Math.Max(Highest, number);
            ReadOnlySpan<byte> body = KeyedPacket.Body(packet);
            Spikes += type == KeyedType.Spikes && KeyedBodies.TrySpikes(body, out _, _spikes) ? _spikes.Count
                : type == KeyedType.Arrivals && KeyedBodies.TryArrivals(body, out _, out List<WireArrival> arrivals) ? arrivals.Count
                : 0;
        }
    }
}
