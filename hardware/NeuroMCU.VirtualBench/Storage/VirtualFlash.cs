// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Platform;
using NeuroMCU.VirtualBench.Costs;

namespace NeuroMCU.VirtualBench.Storage;

/// <summary>
/// The device's file store in memory: of limited size, slow as flash, and with a power supply that can be cut at any byte of any call.
/// It outlives the firmware that runs on it.
/// </summary>
/// <remarks>
/// The medium changes in steps: one for each byte appended, one for making a file, one for removing one. <see cref="Steps" /> counts
/// them and <see cref="CutPowerAfter" /> ends the power after any number, so that a test can try every one.
/// </remarks>
public sealed class VirtualFlash : IFileStore
{
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly Bench? _bench;
    private long _cutAt = long.MaxValue;
    private TornWrite _torn;

    /// <summary>Initializes a new instance of the <see cref="VirtualFlash" /> class.</summary>
    /// <param name="capacity">Bytes that all files together may hold.</param>
    /// <param name="bench">The bench whose clock is charged; null when access is free.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is not positive.</exception>
    public VirtualFlash(int capacity, Bench? bench = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        Capacity = capacity;
        _bench = bench;
    }

    /// <summary>Gets the bytes that all files together may hold.</summary>
    public int Capacity { get; }

    /// <summary>Gets or sets what puts the files where they outlive this process; throws an <see cref="IOException" /> when it cannot.
    /// Null for nothing.</summary>
    public Action? Flushed { get; set; }

    /// <summary>Gets the bytes in use.</summary>
    public int Used => _files.Values.Sum(f => f.Length);

    /// <summary>Gets the number of changes of the medium so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Gets a value indicating whether there is power.</summary>
    public bool Powered { get; private set; } = true;

    /// <summary>Gets the names of the files in order.</summary>
    public IReadOnlyList<string> Files => _files.Keys.Order(StringComparer.Ordinal).ToArray();

    /// <summary>Ends the power after a number of further changes of the medium: the change that comes next fails half-done.</summary>
    /// <param name="steps">0 or more.</param>
    /// <param name="torn">What is left of the call.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public void CutPowerAfter(long steps, TornWrite torn = TornWrite.Prefix)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        _cutAt = Steps + steps;
        _torn = torn;
    }

    /// <summary>Switches the power on again, with no cut to come.</summary>
    public void RestorePower()
    {
        Powered = true;
        _cutAt = long.MaxValue;
    }

    /// <summary>Gets a copy of a file; for tests and for keeping a device's files between runs.</summary>
    /// <param name="name">File name.</param>
    /// <returns>Its bytes; null when there is no such file.</returns>
    public byte[]? Contents(string name) => _files.TryGetValue(name, out byte[]? file) ? (byte[])file.Clone() : null;

    /// <summary>Puts a file in place from outside, or removes it; free of cost and of power cuts.</summary>
    /// <param name="name">File name.</param>
    /// <param name="contents">Its bytes; null to remove it.</param>
    public void Put(string name, byte[]? contents)
    {
        if (contents is null)
        {
            _files.Remove(name);
        }
        else
        {
            _files[name] = (byte[])contents.Clone();
        }
    }

    /// <inheritdoc />
    public int Length(string name)
    {
        Begin();
        return _files.TryGetValue(name, out byte[]? file) ? file.Length : -1;
    }

    /// <inheritdoc />
    public int Read(string name, int fileOffset, byte[] buffer, int offset, int count)
    {
        Begin();
        if (!_files.TryGetValue(name, out byte[]? file) || fileOffset >= file.Length)
        {
            return 0;
        }

        int taken = Math.Min(count, file.Length - fileOffset);
        Array.Copy(file, fileOffset, buffer, offset, taken);
        _bench?.Charge(DeviceCall.FileReadByte, taken);
        return taken;
    }

    /// <inheritdoc />
    public void Create(string name)
    {
        Begin();
        Step();
        _files[name] = [];
    }

    /// <inheritdoc />
    public void Append(string name, byte[] buffer, int offset, int count)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        Begin();
        byte[] old = _files.TryGetValue(name, out byte[]? file) ? file : [];
        int room = Capacity - Used;
        int written = Math.Min(count, room);
        long left = _cutAt - Steps;
        if (left < written)
        {
            Steps = _cutAt;
            Powered = false;
            Tear(name, old, buffer, offset, count, (int)left);
            throw new PowerLostException();
        }

        Steps += written;
        _files[name] = [.. old, .. buffer.AsSpan(offset, written)];
        _bench?.Charge(DeviceCall.FileWriteByte, written);
        if (written < count)
        {
            throw new IOException($"the file store is full: {Capacity} bytes");
        }
    }

    /// <inheritdoc />
    public void Flush(string name)
    {
        Begin();
        Flushed?.Invoke();
    }

    /// <inheritdoc />
    public void Delete(string name)
    {
        Begin();
        if (_files.ContainsKey(name))
        {
            Step();
            _files.Remove(name);
        }
    }

    private void Tear(string name, byte[] old, byte[] buffer, int offset, int count, int written)
    {
        switch (_torn)
        {
            case TornWrite.Prefix:
                _files[name] = [.. old, .. buffer.AsSpan(offset, written)];
                break;
            case TornWrite.PrefixThenErased:
                byte[] erased = new byte[count - written];
                Array.Fill(erased, (byte)0xff);
                _files[name] = [.. old, .. buffer.AsSpan(offset, written), .. erased];
                break;
            default:
                break;
        }
    }

    private void Begin()
    {
        if (!Powered)
        {
            throw new PowerLostException();
        }

        _bench?.Charge(DeviceCall.FileCall);
    }

    private void Step()
    {
        if (Steps >= _cutAt)
        {
            Powered = false;
            throw new PowerLostException();
        }

        Steps++;
    }
}

/// <summary>What power failure leaves of the call that it interrupts.</summary>
public enum TornWrite
{
    /// <summary>The bytes written so far.</summary>
    Prefix,

    /// <summary>The bytes written so far, and behind them a block of erased flash (0xFF) as long as what was still to come.</summary>
    PrefixThenErased,

    /// <summary>Nothing: the file system takes the whole call back, as littlefs does before a file is closed.</summary>
    Nothing,
}

/// <summary>The simulated device has lost its power inside a call of its file store: the firmware is gone; start it anew.</summary>
public sealed class PowerLostException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="PowerLostException" /> class.</summary>
    public PowerLostException()
        : base("the power of the simulated device failed")
    {
    }
}
