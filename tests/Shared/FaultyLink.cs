// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Links;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Protocol.Framing;

namespace NeuroMCU.Tests.Shared;

/// <summary>
/// A link that loses and damages whole frames with a given probability, delays them, and can be cut. Frames are told apart by their
/// delimiter, so that a probability means frames, as the promises of the protocol do.
/// </summary>
internal sealed class FaultyLink(IDeviceLink inner, int seed = 1) : IDeviceLink
{
    private readonly Random _random = new(seed);
    private readonly Queue<(TimeSpan Due, byte Value)> _ready = new();
    private readonly List<byte> _frame = [];
    private readonly byte[] _buffer = new byte[4096];

    public double LossToDevice { get; set; }

    public double LossToHost { get; set; }

    public double DamageToDevice { get; set; }

    public double DamageToHost { get; set; }

    /// <summary>Time by which everything reaches the host late.</summary>
    public TimeSpan DelayToHost { get; set; }

    /// <summary>A message type that does not reach the host.</summary>
    public int SwallowedType { get; set; } = -1;

    /// <summary>How many more messages of this type do not.</summary>
    public int Swallows { get; set; } = int.MaxValue;

    /// <summary>Frames to the device after which the cable is pulled.</summary>
    public long CutAfter { get; set; } = long.MaxValue;

    public bool Cut { get; set; }

    public long SentFrames { get; private set; }

    public long Faults { get; private set; }

    /// <summary>What somebody else writes to the line before each frame to the host.</summary>
    public byte[] TextBefore { get; set; } = [];

    public string Description => inner.Description;

    public TimeSpan Elapsed => inner.Elapsed;

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, TimeSpan wait, CancellationToken cancellation)
    {
        TimeSpan end = inner.Elapsed + wait;
        while (_ready.Count == 0 || _ready.Peek().Due > inner.Elapsed)
        {
            CheckCut();
            TimeSpan until = _ready.Count > 0 && _ready.Peek().Due < end ? _ready.Peek().Due : end;
            TimeSpan left = until - inner.Elapsed;
            int count = await inner.ReadAsync(_buffer, left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellation);
            if (count == 0 && inner.Elapsed >= end)
            {
                return 0;
            }

            foreach (byte value in _buffer.AsSpan(0, count))
            {
                Collect(value);
            }
        }

        int taken = 0;
        while (taken < buffer.Length && _ready.TryPeek(out (TimeSpan Due, byte Value) next) && next.Due <= inner.Elapsed)
        {
            buffer.Span[taken++] = _ready.Dequeue().Value;
        }

        return taken;
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        CheckCut();
        SentFrames++;
        if (SentFrames > CutAfter)
        {
            Cut = true;
            CheckCut();
        }

        List<byte> frame = [.. data.Span];
        byte[]? passed = null;
        Pass(frame, LossToDevice, DamageToDevice, whole => passed = [.. whole]);
        if (passed is not null)
        {
            await inner.WriteAsync(passed, cancellation);
        }
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private void Collect(byte value)
    {
        _frame.Add(value);
        if (value == 0 && _frame.Count == 1)
        {
            // What comes before a frame: the text of somebody else, and the zero byte that ends it.
            foreach (byte part in TextBefore.Append(value))
            {
                _ready.Enqueue((inner.Elapsed + DelayToHost, part));
            }

            _frame.Clear();
        }
        else if (value == 0)
        {
            bool swallowed = Swallows > 0 && _frame.Count > 2 && TypeOf(_frame) == SwallowedType;
            Swallows -= swallowed ? 1 : 0;
            TimeSpan due = inner.Elapsed + DelayToHost;
            Pass(_frame, swallowed ? 1 : LossToHost, DamageToHost, frame => frame.ForEach(part => _ready.Enqueue((due, part))));
            _frame.Clear();
        }
    }

    private static int TypeOf(List<byte> frame)
    {
        byte[] decoded = new byte[frame.Count];
        return Cobs.Decode([.. frame], 0, frame.Count - 1, decoded, 0) > 1 ? decoded[1] : -1;
    }

    private void Pass(List<byte> frame, double loss, double damage, Action<List<byte>> on)
    {
        double chance = _random.NextDouble();
        if (chance < loss)
        {
            Faults++;
            return;
        }

        if (chance < loss + damage)
        {
            Faults++;
            int place = _random.Next(frame.Count);
            frame[place] ^= (byte)(1 << _random.Next(8));
        }

        on(frame);
    }

    private void CheckCut()
    {
        if (Cut)
        {
            throw new DeviceException(DeviceErrorKind.LinkLost, "the cable was pulled", "test", "plug it in again");
        }
    }
}
