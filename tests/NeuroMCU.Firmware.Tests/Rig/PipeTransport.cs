// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Firmware.Transports;

namespace NeuroMCU.Firmware.Tests.Rig;

/// <summary>A line in memory, frame by frame, on which a test can lose, damage or hold back what passes.</summary>
internal sealed class PipeTransport : ITransport
{
    private readonly Queue<byte> _toDevice = new();
    private readonly List<byte> _frame = [];

    /// <summary>Frames that have reached the host.</summary>
    public Queue<byte[]> ToHost { get; } = new();

    /// <summary>Decides for each frame, in either direction, whether it gets through.</summary>
    public Func<byte[], bool> Passes { get; set; } = _ => true;

    /// <summary>Bytes that the line still takes; counts down.</summary>
    public long Room { get; set; } = long.MaxValue;

    /// <summary>Bytes that went over the line, both ways, lost ones included.</summary>
    public long Bytes { get; private set; }

    public bool IsOpen { get; set; } = true;

    public int Connection { get; private set; } = 1;

    public bool RequiresAuthentication { get; init; }

    /// <summary>True when the line is not open after a disconnection until another host gets it, as on a network.</summary>
    public bool Closes { get; init; }

    public int Available => _toDevice.Count;

    public int Disconnects { get; private set; }

    public void FromHost(ReadOnlySpan<byte> bytes)
    {
        Bytes += bytes.Length;
        if (Passes(bytes.ToArray()))
        {
            foreach (var value in bytes)
            {
                _toDevice.Enqueue(value);
            }
        }
    }

    public int Read(byte[] buffer, int offset, int count)
    {
        var read = 0;
        while (read < count && _toDevice.TryDequeue(out var value))
        {
            buffer[offset + read++] = value;
        }

        return read;
    }

    public int Write(byte[] buffer, int offset, int count)
    {
        var taken = (int)Math.Min(count, Room);
        Room -= taken;
        Bytes += taken;
        for (var k = 0; k < taken; k++)
        {
            _frame.Add(buffer[offset + k]);
            if (buffer[offset + k] == 0)
            {
                var frame = _frame.ToArray();
                _frame.Clear();
                if (frame.Length > 1 && Passes(frame))
                {
                    ToHost.Enqueue(frame);
                }
            }
        }

        return taken;
    }

    public void Disconnect()
    {
        // What was sent before still arrives, as on a socket that is closed.
        Disconnects++;
        _toDevice.Clear();
        if (Closes)
        {
            IsOpen = false;
        }
        else
        {
            Connection++;
        }
    }

    /// <summary>Another host takes the line.</summary>
    public void Reconnect()
    {
        Connection++;
        _toDevice.Clear();
        _frame.Clear();
        ToHost.Clear();
        IsOpen = true;
        Room = long.MaxValue;
    }
}
