// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Costs;

namespace System.Device.Dac;

/// <summary>The two converters of the ESP32: channel 0 on GPIO25, channel 1 on GPIO26, 8 bits.</summary>
public sealed class DacController
{
    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<Bench, DacController> s_controllers = [];

    private readonly Bench _bench;
    private readonly HashSet<int> _open = [];

    private DacController(Bench bench)
    {
        _bench = bench;
    }

    /// <summary>Gets the number of channels.</summary>
    public int ChannelCount => 2;

    /// <summary>Gets the resolution in bits.</summary>
    public int ResolutionInBits => 8;

    /// <summary>Gets the controller.</summary>
    /// <returns>Always the same one.</returns>
    public static DacController GetDefault() => s_controllers.GetValue(Bench.Current, b => new DacController(b));

    /// <summary>Opens a channel.</summary>
    /// <param name="channelNumber">0 or 1.</param>
    /// <returns>The channel.</returns>
    /// <exception cref="ArgumentException">There is no such channel.</exception>
    /// <exception cref="DacChannelAlreadyInUseException">It is open already.</exception>
    public DacChannel OpenChannel(int channelNumber)
    {
        if (channelNumber is not (0 or 1))
        {
            throw new ArgumentException(null, nameof(channelNumber));
        }

        if (!_open.Add(channelNumber))
        {
            throw new DacChannelAlreadyInUseException();
        }

        _bench.Pins.Claim(25 + channelNumber, "DAC");
        return new DacChannel(_bench, this, channelNumber);
    }

    internal void Close(int channelNumber)
    {
        _open.Remove(channelNumber);
        _bench.Pins.Release(25 + channelNumber);
    }
}

/// <summary>An open converter.</summary>
public sealed class DacChannel : IDisposable
{
    private readonly Bench _bench;
    private readonly int _channel;
    private bool _disposed;

    internal DacChannel(Bench bench, DacController controller, int channel)
    {
        _bench = bench;
        Controller = controller;
        _channel = channel;
    }

    /// <summary>Gets the controller.</summary>
    public DacController Controller { get; }

    /// <summary>Sets the output.</summary>
    /// <param name="value">Code; its low 8 bits are used: 0 for 0 V, 255 for 3.3 V.</param>
    /// <exception cref="ObjectDisposedException">The channel is closed.</exception>
    public void WriteValue(ushort value)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _bench.Charge(DeviceCall.DacWrite);
        _bench.Pins.Record(25 + _channel, value & 0xff);
    }

    /// <summary>Gives the channel back.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            Controller.Close(_channel);
        }
    }
}

/// <summary>A converter is open already.</summary>
public class DacChannelAlreadyInUseException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="DacChannelAlreadyInUseException" /> class.</summary>
    public DacChannelAlreadyInUseException()
    {
    }
}
