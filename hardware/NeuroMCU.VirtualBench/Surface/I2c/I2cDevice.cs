// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Peripherals;

namespace System.Device.I2c;

/// <summary>An open chip on a bus. Opening it does not touch the bus: whether a chip answers shows at the first transfer.</summary>
public class I2cDevice : IDisposable
{
    // A SpanByte of 48 bytes, and the result with its two boxed fields of 12.
    private const int GarbageObjects = 4;
    private const int GarbageBytes = 84;

    private readonly Bench _bench = Bench.Current;
    private readonly I2cConnectionSettings _settings;
    private readonly VirtualI2c _bus;
    private bool _disposed;

    /// <summary>Initializes a new instance of the <see cref="I2cDevice" /> class and starts the bus with its speed.</summary>
    /// <param name="settings">Settings; kept.</param>
    /// <exception cref="ArgumentException">No such bus, or no pin for a line of it.</exception>
    public I2cDevice(I2cConnectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.BusId is not (1 or 2))
        {
            throw new ArgumentException(null, nameof(settings));
        }

        _settings = settings;
        _bus = _bench.I2c(settings.BusId);
        int data = _bus.PinOf(PinFunction.Data);
        int clock = _bus.PinOf(PinFunction.DataClock);
        if (!Esp32Pins.CanOutput(data) || !Esp32Pins.CanOutput(clock))
        {
            throw new ArgumentException(null, nameof(settings));
        }

        string owner = string.Create(CultureInfo.InvariantCulture, $"I2C{settings.BusId}");
        _bench.Pins.Claim(data, owner);
        _bench.Pins.Claim(clock, owner);
        _bus.Open(settings.DeviceAddress, settings.BusSpeed switch
        {
            I2cBusSpeed.StandardMode => 100_000,
            I2cBusSpeed.FastMode => 400_000,
            _ => 1_000_000,
        });
    }

    /// <summary>Gets the settings.</summary>
    public I2cConnectionSettings ConnectionSettings => _settings;

    /// <summary>Opens a chip.</summary>
    /// <param name="settings">Settings; kept.</param>
    /// <returns>The chip.</returns>
    public static I2cDevice Create(I2cConnectionSettings settings) => new(settings);

    /// <summary>Reads a byte; 0 when the chip did not answer, which this call does not tell.</summary>
    /// <returns>The byte.</returns>
    public byte ReadByte()
    {
        byte[] answer = new byte[1];
        Run([], answer);
        return answer[0];
    }

    /// <summary>Reads bytes.</summary>
    /// <param name="buffer">Takes them; left alone when the transfer fails.</param>
    /// <returns>How it ended.</returns>
    public I2cTransferResult Read(SpanByte buffer) => WriteRead(SpanByte.Empty, buffer);

    /// <summary>Writes a byte.</summary>
    /// <param name="value">The byte.</param>
    /// <returns>How it ended.</returns>
    public I2cTransferResult WriteByte(byte value) => Run([value], []);

    /// <summary>Writes bytes.</summary>
    /// <param name="buffer">The bytes, without the address.</param>
    /// <returns>How it ended.</returns>
    public I2cTransferResult Write(SpanByte buffer) => Run(buffer.ToArray(), []);

    /// <summary>Writes bytes and, after a repeated start, reads others.</summary>
    /// <param name="writeBuffer">The bytes to write, without the address.</param>
    /// <param name="readBuffer">Takes the answer; left alone when the transfer fails.</param>
    /// <returns>How it ended.</returns>
    public I2cTransferResult WriteRead(SpanByte writeBuffer, SpanByte readBuffer)
    {
        byte[] answer = new byte[readBuffer.Length];
        I2cTransferResult result = Run(writeBuffer.ToArray(), answer);
        if (result.Status == I2cTransferStatus.FullTransfer)
        {
            new SpanByte(answer).CopyTo(readBuffer);
        }

        return result;
    }

    /// <summary>Closes the chip.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _bus.Close();
        }

        GC.SuppressFinalize(this);
    }

    private I2cTransferResult Run(byte[] toChip, byte[] fromChip)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _bench.Charge(DeviceCall.I2cTransfer);
        _bench.Leave(GarbageObjects, GarbageBytes);
        return _bus.Transfer(_settings.DeviceAddress, toChip, fromChip)
            ? new I2cTransferResult((uint)(toChip.Length + fromChip.Length), I2cTransferStatus.FullTransfer)
            : new I2cTransferResult(0, I2cTransferStatus.SlaveAddressNotAcknowledged);
    }
}
