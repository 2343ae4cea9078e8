// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Runtime.InteropServices;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Peripherals;

namespace System.Device.Spi;

/// <summary>An open chip on a bus. Models words of 8 bits, most significant bit first, select line low when active.</summary>
public class SpiDevice : IDisposable
{
    /// <summary>The driver clocks so many zero bytes through the bus when it opens a chip.</summary>
    private const int OpeningBytes = 4;

    private readonly Bench _bench = Bench.Current;
    private readonly SpiConnectionSettings _settings;
    private readonly VirtualSpi _bus;
    private readonly bool _halfDuplex;
    private bool _disposed;

    /// <summary>Initializes a new instance of the <see cref="SpiDevice" /> class and opens the chip.</summary>
    /// <param name="settings">Settings; copied.</param>
    /// <exception cref="ArgumentException">No such bus, no pin for a line that the bus needs, or a select line that cannot be
    /// driven.</exception>
    /// <exception cref="SpiDeviceAlreadyInUseException">A chip is open on that select line.</exception>
    /// <exception cref="NotSupportedException">The bus has three chips already, or the bench does not model the settings.</exception>
    public SpiDevice(SpiConnectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.BusId is not (1 or 2) || settings.ClockFrequency <= 0 || !Esp32Pins.CanOutput(settings.ChipSelectLine))
        {
            throw new ArgumentException(null, nameof(settings));
        }

        if (settings.DataBitLength != 8 || settings.DataFlow != DataFlow.MsbFirst || settings.ChipSelectLineActiveState != Gpio.PinValue.Low
            || settings.Configuration == SpiBusConfiguration.Simplex)
        {
            throw new NotSupportedException(
                "the virtual bench models SPI with 8 bits, most significant bit first, selected low, full or half duplex");
        }

        _settings = new SpiConnectionSettings(settings);
        _halfDuplex = settings.Configuration == SpiBusConfiguration.HalfDuplex;
        _bus = _bench.Spi(settings.BusId);
        int lines = _halfDuplex ? 1 : 2;
        if (_bus.PinOf(PinFunction.Mosi) < 0 || _bus.PinOf(PinFunction.Clock) < 0 || (!_halfDuplex && _bus.PinOf(PinFunction.Miso) < 0))
        {
            throw new ArgumentException(null, nameof(settings));
        }

        if (!_bus.HasSlot)
        {
            throw new NotSupportedException();
        }

        if (!_bus.Open(settings.ChipSelectLine, (int)settings.Mode, settings.ClockFrequency))
        {
            throw new SpiDeviceAlreadyInUseException();
        }

        string owner = string.Create(CultureInfo.InvariantCulture, $"SPI{settings.BusId}");
        _bench.Pins.Claim(_bus.PinOf(PinFunction.Mosi), owner);
        _bench.Pins.Claim(_bus.PinOf(PinFunction.Clock), owner);
        if (lines == 2)
        {
            _bench.Pins.Claim(_bus.PinOf(PinFunction.Miso), owner);
        }

        _bench.Pins.Claim(settings.ChipSelectLine, owner + " select");
        _bus.Transfer(settings.ChipSelectLine, _halfDuplex, new byte[OpeningBytes], new byte[OpeningBytes]);
    }

    /// <summary>Gets a copy of the settings.</summary>
    public SpiConnectionSettings ConnectionSettings => new(_settings);

    /// <summary>Opens a chip.</summary>
    /// <param name="settings">Settings; copied.</param>
    /// <returns>The chip.</returns>
    public static SpiDevice Create(SpiConnectionSettings settings) => new(settings);

    /// <summary>Sends words, each as it lies in memory: low byte first.</summary>
    /// <param name="buffer">The words.</param>
    public void Write(ushort[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(buffer.AsSpan());
        Run(bytes, new byte[bytes.Length]);
    }

    /// <summary>Sends bytes.</summary>
    /// <param name="buffer">The bytes.</param>
    public void Write(SpanByte buffer)
    {
        byte[] bytes = buffer.ToArray();
        Run(bytes, new byte[bytes.Length]);
    }

    /// <summary>Sends a byte.</summary>
    /// <param name="value">The byte.</param>
    public void WriteByte(byte value) => Run([value], new byte[1]);

    /// <summary>Sends words and receives as many at the same time, both as they lie in memory: low byte first.</summary>
    /// <param name="writeBuffer">The words to send.</param>
    /// <param name="readBuffer">Takes the answer; as long.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void TransferFullDuplex(ushort[] writeBuffer, ushort[] readBuffer)
    {
        ArgumentNullException.ThrowIfNull(writeBuffer);
        ArgumentNullException.ThrowIfNull(readBuffer);
        if (writeBuffer.Length != readBuffer.Length)
        {
            throw new ArgumentException(null, nameof(readBuffer));
        }

        Run(MemoryMarshal.AsBytes(writeBuffer.AsSpan()), MemoryMarshal.AsBytes(readBuffer.AsSpan()));
    }

    /// <summary>Sends bytes and receives as many at the same time.</summary>
    /// <param name="writeBuffer">The bytes to send.</param>
    /// <param name="readBuffer">Takes the answer; as long.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void TransferFullDuplex(SpanByte writeBuffer, SpanByte readBuffer)
    {
        if (writeBuffer.Length != readBuffer.Length)
        {
            throw new ArgumentException(null, nameof(readBuffer));
        }

        byte[] answer = new byte[readBuffer.Length];
        Run(writeBuffer.ToArray(), answer);
        new SpanByte(answer).CopyTo(readBuffer);
    }

    /// <summary>Closes the chip.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the chip.</summary>
    /// <param name="disposing">True when called from <see cref="Dispose()" />.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _bus.Close(_settings.ChipSelectLine);
            _bench.Pins.Release(_settings.ChipSelectLine);
        }
    }

    private void Run(ReadOnlySpan<byte> toChip, Span<byte> fromChip)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _bench.Charge(DeviceCall.SpiTransfer);
        _bus.Transfer(_settings.ChipSelectLine, _halfDuplex, toChip, fromChip);
    }
}
