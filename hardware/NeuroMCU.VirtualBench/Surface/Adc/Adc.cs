// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Costs;

namespace System.Device.Adc;

/// <summary>How a channel measures.</summary>
public enum AdcChannelMode
{
    /// <summary>Against ground.</summary>
    SingleEnded = 0,

    /// <summary>Against a second pin; the ESP32 cannot.</summary>
    Differential,
}

/// <summary>A set of converters.</summary>
public abstract class AdcControllerBase
{
    /// <summary>Gets the number of channels.</summary>
    public abstract int ChannelCount { get; }

    /// <summary>Gets or sets how channels measure.</summary>
    public abstract AdcChannelMode ChannelMode { get; set; }

    /// <summary>Gets the largest value.</summary>
    public abstract int MaxValue { get; }

    /// <summary>Gets the smallest value.</summary>
    public abstract int MinValue { get; }

    /// <summary>Gets the resolution in bits.</summary>
    public abstract int ResolutionInBits { get; }

    /// <summary>Tells whether a way to measure is supported.</summary>
    /// <param name="channelMode">The way.</param>
    /// <returns>True when it is.</returns>
    public abstract bool IsChannelModeSupported(AdcChannelMode channelMode);

    /// <summary>Opens a channel.</summary>
    /// <param name="channelNumber">Number of the channel.</param>
    /// <returns>The channel.</returns>
    public abstract AdcChannel OpenChannel(int channelNumber);
}

/// <summary>The converters of the ESP32: 20 channels of 12 bits, ADC1 on channels 0 to 9, ADC2 on channels 10 to 19.</summary>
public class AdcController : AdcControllerBase
{
    // GPIO of each channel; -1 for the internal ones.
    internal static readonly int[] Pins = [36, 37, 38, 39, 32, 33, 34, 35, -1, -1, 4, 0, 2, 15, 13, 12, 14, 27, 25, 26];

    private readonly Bench _bench = Bench.Current;

    /// <summary>Gets the number of channels.</summary>
    public override int ChannelCount => Pins.Length;

    /// <summary>Gets or sets how channels measure.</summary>
    public override AdcChannelMode ChannelMode { get; set; }

    /// <summary>Gets the largest value.</summary>
    public override int MaxValue => 4095;

    /// <summary>Gets the smallest value.</summary>
    public override int MinValue => 0;

    /// <summary>Gets the resolution in bits.</summary>
    public override int ResolutionInBits => 12;

    /// <summary>Tells whether a way to measure is supported.</summary>
    /// <param name="channelMode">The way.</param>
    /// <returns>True for single-ended.</returns>
    public override bool IsChannelModeSupported(AdcChannelMode channelMode) => channelMode == AdcChannelMode.SingleEnded;

    /// <summary>Opens a channel.</summary>
    /// <param name="channelNumber">0 to 19.</param>
    /// <returns>The channel.</returns>
    /// <exception cref="ArgumentException">There is no such channel.</exception>
    public override AdcChannel OpenChannel(int channelNumber)
    {
        if (channelNumber < 0 || channelNumber >= Pins.Length || Pins[channelNumber] < 0)
        {
            throw new ArgumentException(null, nameof(channelNumber));
        }

        _bench.Pins.Claim(Pins[channelNumber], "ADC");
        return new AdcChannel(_bench, this, Pins[channelNumber], channelNumber >= 10);
    }
}

/// <summary>What channels have in common.</summary>
public abstract class AdcChannelBase
{
    private protected AdcChannelBase(AdcController controller)
    {
        Controller = controller;
    }

    /// <summary>Gets the controller.</summary>
    public AdcController Controller { get; }

    /// <summary>Measures.</summary>
    /// <returns>From the controller's smallest to its largest value.</returns>
    public abstract int ReadValue();

    /// <summary>Measures as a part of full scale.</summary>
    /// <returns>0 to 1.</returns>
    public double ReadRatio() => ReadValue() / (double)Controller.MaxValue;
}

/// <summary>An open channel.</summary>
public sealed class AdcChannel : AdcChannelBase, IDisposable
{
    private readonly Bench _bench;
    private readonly int _pin;
    private readonly bool _secondUnit;
    private bool _disposed;

    internal AdcChannel(Bench bench, AdcController controller, int pin, bool secondUnit)
        : base(controller)
    {
        _bench = bench;
        _pin = pin;
        _secondUnit = secondUnit;
    }

    /// <summary>Measures.</summary>
    /// <returns>0 to 4095.</returns>
    /// <exception cref="ObjectDisposedException">The channel is closed.</exception>
    /// <exception cref="InvalidOperationException">The channel belongs to ADC1 and a stream through I2S has it.</exception>
    /// <exception cref="Exception">The channel belongs to ADC2 and Wi-Fi is on.</exception>
    public override int ReadValue()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _bench.Charge(DeviceCall.AdcRead);
        if (_secondUnit && _bench.Wifi.Connected)
        {
            throw new Exception("CLR_E_PIN_UNAVAILABLE");
        }

        if (!_secondUnit && _bench.AdcStream.Running)
        {
            throw new InvalidOperationException(
                "the stream through I2S has the first converter: on the device this call would never return");
        }

        return _bench.Pins.Adc.Convert(_pin, _bench.Pins.Volts(_pin));
    }

    /// <summary>Gives the channel back.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _bench.Pins.Release(_pin);
        }
    }
}
