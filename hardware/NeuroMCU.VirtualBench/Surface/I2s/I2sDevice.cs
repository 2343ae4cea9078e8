// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Peripherals;
using nanoFramework.Hardware.Esp32;

namespace System.Device.I2s;

/// <summary>An I2S port that receives from the bench's microphones, or from the converter on the chip.</summary>
/// <remarks>
/// Models what the project uses: master, receiving, both channels, Philips framing, 16 or 32 bits in the application's buffer; or the
/// built-in converter on bus 1, one channel, 16 bits (<see cref="VirtualAdcStream" />).
/// </remarks>
public class I2sDevice : IDisposable
{
    private const int FrameBytes = 8;

    private readonly Bench _bench = Bench.Current;
    private readonly VirtualMicrophones? _microphones;
    private readonly bool _wired;
    private int[] _left = [];
    private int[] _right = [];
    private bool _disposed;

    /// <summary>Initializes a new instance of the <see cref="I2sDevice" /> class and starts its DMA.</summary>
    /// <param name="settings">Settings.</param>
    /// <exception cref="ArgumentException">No such bus, no rate, or DMA memory for fewer than 2 or more than 128 buffers of 256
    /// frames.</exception>
    /// <exception cref="NotSupportedException">The bench does not model this mode.</exception>
    public I2sDevice(I2sConnectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ConnectionSettings = settings;
        if (settings.Mode == (I2sMode.Master | I2sMode.Rx | I2sMode.AdcBuiltIn))
        {
            StartConverter(settings);
            return;
        }

        int buffers = settings.BufferSize / (VirtualMicrophones.DmaFrames * FrameBytes);
        if (settings.BusId is not (1 or 2) || settings.SampleRate <= 0 || buffers is < 2 or > 128)
        {
            throw new ArgumentException(null, nameof(settings));
        }

        if (settings.Mode != (I2sMode.Master | I2sMode.Rx) || settings.ChannelFormat != I2sChannelFormat.RightLeft
            || settings.CommunicationFormat != I2sCommunicationFormat.I2S
            || settings.BitsPerSample is not (I2sBitsPerSample.Bit16 or I2sBitsPerSample.Bit32))
        {
            throw new NotSupportedException(
                "the virtual bench models I2S as master receiver with both channels, Philips framing, 16 or 32 bits");
        }

        int function = (settings.BusId - 1) * 0x100;
        _wired = Claim(DeviceFunction.I2S1_BCK + function) & Claim(DeviceFunction.I2S1_WS + function) & Claim(DeviceFunction.I2S1_MDATA_IN
            + function);
        _microphones = _bench.Microphones(settings.BusId);
        _microphones.Start(settings.SampleRate, buffers);
    }

    /// <summary>Gets the settings.</summary>
    public I2sConnectionSettings ConnectionSettings { get; }

    /// <summary>Opens a port.</summary>
    /// <param name="settings">Settings.</param>
    /// <returns>The port.</returns>
    public static I2sDevice Create(I2sConnectionSettings settings) => new(settings);

    /// <summary>
    /// Fills a buffer with frames, left sample first, little-endian, and blocks until they have come. Zeros when one of the pins for bit
    /// clock, word select and data is not set: the driver does not complain.
    /// </summary>
    /// <param name="buffer">A whole number of frames.</param>
    /// <exception cref="ObjectDisposedException">The port is closed.</exception>
    public void Read(SpanByte buffer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _bench.Charge(DeviceCall.I2sRead);
        _bench.Charge(DeviceCall.I2sByte, buffer.Length);
        if (_microphones is null)
        {
            for (int k = 0; k + 1 < buffer.Length; k += 2)
            {
                ushort word = _bench.AdcStream.Next();
                buffer[k] = (byte)word;
                buffer[k + 1] = (byte)(word >> 8);
            }

            return;
        }

        int width = (int)ConnectionSettings.BitsPerSample / 8;
        int frames = buffer.Length / (2 * width);
        if (_left.Length < frames)
        {
            _left = new int[frames];
            _right = new int[frames];
        }

        _microphones.Read(_left, _right, frames);
        int at = 0;
        for (int k = 0; k < frames; k++)
        {
            at = Put(buffer, at, _wired ? _left[k] : 0, width);
            at = Put(buffer, at, _wired ? _right[k] : 0, width);
        }
    }

    /// <summary>Sending is not modelled.</summary>
    /// <param name="buffer">Bytes.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    public void Write(SpanByte buffer) => throw new NotSupportedException("the virtual bench models I2S as receiver");

    /// <summary>Closes the port.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _microphones?.Stop();
            if (_microphones is null)
            {
                _bench.AdcStream.Stop();
            }

            int function = (ConnectionSettings.BusId - 1) * 0x100;
            Release(DeviceFunction.I2S1_BCK + function);
            Release(DeviceFunction.I2S1_WS + function);
            Release(DeviceFunction.I2S1_MDATA_IN + function);
        }

        GC.SuppressFinalize(this);
    }

    private void StartConverter(I2sConnectionSettings settings)
    {
        int buffers = settings.BufferSize / (VirtualAdcStream.DmaSamples * 2);
        int pin = _bench.Pins.FunctionPin((int)DeviceFunction.I2S1_MDATA_IN);
        int channel = Array.IndexOf(Adc.AdcController.Pins, pin);
        if (settings.BusId != 1 || settings.SampleRate <= 0 || buffers is < 2 or > 128 || channel is < 0 or > 7)
        {
            throw new ArgumentException(null, nameof(settings));
        }

        if (settings.ChannelFormat is not (I2sChannelFormat.OnlyLeft or I2sChannelFormat.OnlyRight)
            || settings.BitsPerSample != I2sBitsPerSample.Bit16)
        {
            throw new NotSupportedException("the virtual bench models the built-in converter with one channel and 16 bits");
        }

        Claim(DeviceFunction.I2S1_MDATA_IN);
        _bench.AdcStream.Start(settings.SampleRate, buffers, pin, channel);
    }

    // The driver keeps the high bytes of the 32-bit word.
    private static int Put(SpanByte buffer, int at, int word, int width)
    {
        for (int k = 4 - width; k < 4; k++)
        {
            buffer[at++] = (byte)(word >> (8 * k));
        }

        return at;
    }

    private bool Claim(DeviceFunction function)
    {
        int pin = _bench.Pins.FunctionPin((int)function);
        if (pin >= 0)
        {
            _bench.Pins.Claim(pin, string.Create(CultureInfo.InvariantCulture, $"I2S{ConnectionSettings.BusId}"));
        }

        return pin >= 0;
    }

    private void Release(DeviceFunction function)
    {
        int pin = _bench.Pins.FunctionPin((int)function);
        if (pin >= 0)
        {
            _bench.Pins.Release(pin);
        }
    }
}
