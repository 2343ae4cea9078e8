// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Firmware.Transports;

namespace NeuroMCU.Firmware.Tests.Rig;

/// <summary>A port in memory. Hosts knock by a call and are let in, or not, in the device's next turn.</summary>
internal sealed class FakeDoor : IDoor
{
    private readonly Queue<Caller> _waiting = new();
    private readonly Dictionary<ITransport, Caller> _guests = [];

    public FakeDoor(int lines) => Lines = [.. Enumerable.Range(0, lines)
        .Select(_ => new PipeTransport { RequiresAuthentication = true, IsOpen = false, Closes = true })];

    public ITransport[] Lines { get; }

    /// <summary>Number of hosts that were turned away at the door.</summary>
    public int Refused { get; private set; }

    /// <summary>Number of hosts that knock and were not looked at yet.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Knocks.</summary>
    /// <param name="address">Where from.</param>
    /// <returns>The host that knocks.</returns>
    public Caller Call(int address = 1)
    {
        var caller = new Caller(address);
        _waiting.Enqueue(caller);
        return caller;
    }

    public bool Knock() => _waiting.Count > 0;

    public int Address(ITransport? line) => line is null ? _waiting.Peek().Address : _guests.TryGetValue(line, out var guest)
        ? guest.Address : 0;

    public void Admit(ITransport line)
    {
        var caller = _waiting.Dequeue();
        var pipe = (PipeTransport)line;
        pipe.Reconnect();
        caller.Place(pipe);
        _guests[line] = caller;
    }

    public void Refuse()
    {
        _waiting.Dequeue().Place(null);
        Refused++;
    }

    /// <summary>A host at the door.</summary>
    internal sealed class Caller(int address)
    {
        private int _connection;

        public int Address => address;

        /// <summary>The line that it was given; null before, and when it was turned away.</summary>
        public PipeTransport? Line { get; private set; }

        /// <summary>True once the device has looked at it.</summary>
        public bool Seen { get; private set; }

        /// <summary>True while the line is its own.</summary>
        public bool IsIn => Line is { IsOpen: true } && Line.Connection == _connection;

        public void Place(PipeTransport? line)
        {
            Seen = true;
            Line = line;
            _connection = line?.Connection ?? 0;
        }
    }
}
