// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Peripherals;

namespace System.Device.Gpio;

/// <summary>The pins of the simulated chip.</summary>
public sealed class GpioController : IDisposable
{
    private readonly Bench _bench = Bench.Current;
    private readonly Dictionary<int, GpioPin> _pins = [];

    /// <summary>Gets the number of pins.</summary>
    public int PinCount => Esp32Pins.Count;

    /// <summary>Opens a pin as input.</summary>
    /// <param name="pinNumber">GPIO number.</param>
    /// <returns>The pin.</returns>
    /// <exception cref="InvalidOperationException">There is no such pin, or it is open already.</exception>
    public GpioPin OpenPin(int pinNumber)
    {
        if (!Esp32Pins.Exists(pinNumber) || _bench.Pins.IsOwnedBy(pinNumber, "GPIO"))
        {
            throw new InvalidOperationException();
        }

        var pin = new GpioPin(_bench, pinNumber);
        _bench.Pins.Claim(pinNumber, "GPIO");
        _pins.Add(pinNumber, pin);
        return pin;
    }

    /// <summary>Opens a pin.</summary>
    /// <param name="pinNumber">GPIO number.</param>
    /// <param name="mode">Direction and driver.</param>
    /// <returns>The pin.</returns>
    /// <exception cref="InvalidOperationException">There is no such pin, or it is open already.</exception>
    /// <exception cref="ArgumentException">The pin cannot do that.</exception>
    public GpioPin OpenPin(int pinNumber, PinMode mode)
    {
        GpioPin pin = OpenPin(pinNumber);
        pin.SetPinMode(mode);
        return pin;
    }

    /// <summary>Closes a pin.</summary>
    /// <param name="pinNumber">GPIO number.</param>
    /// <exception cref="InvalidOperationException">It is not open.</exception>
    public void ClosePin(int pinNumber)
    {
        if (!_pins.Remove(pinNumber, out GpioPin? pin))
        {
            throw new InvalidOperationException();
        }

        pin.Dispose();
    }

    /// <summary>Tells whether a pin is open.</summary>
    /// <param name="pinNumber">GPIO number.</param>
    /// <returns>True when it is.</returns>
    public bool IsPinOpen(int pinNumber) => _bench.Pins.IsOwnedBy(pinNumber, "GPIO");

    /// <summary>Tells whether a pin can take a mode.</summary>
    /// <param name="pinNumber">GPIO number.</param>
    /// <param name="mode">Direction and driver.</param>
    /// <returns>True when it can.</returns>
    public bool IsPinModeSupported(int pinNumber, PinMode mode) => GpioPin.Supports(pinNumber, mode);

    /// <summary>Sets the mode of an open pin.</summary>
    /// <param name="pinNumber">GPIO number.</param>
    /// <param name="mode">Direction and driver.</param>
    public void SetPinMode(int pinNumber, PinMode mode) => Open(pinNumber).SetPinMode(mode);

    /// <summary>Gets the mode of an open pin.</summary>
    /// <param name="pinNumber">GPIO number.</param>
    /// <returns>Direction and driver.</returns>
    public PinMode GetPinMode(int pinNumber) => Open(pinNumber).GetPinMode();

    /// <summary>Reads an open pin.</summary>
    /// <param name="pinNumber">GPIO number.</param>
    /// <returns>Its level.</returns>
    public PinValue Read(int pinNumber) => Open(pinNumber).Read();

    /// <summary>Drives an open pin.</summary>
    /// <param name="pinNumber">GPIO number.</param>
    /// <param name="value">Level.</param>
    public void Write(int pinNumber, PinValue value) => Open(pinNumber).Write(value);

    /// <summary>Closes all pins.</summary>
    public void Dispose()
    {
        foreach (GpioPin pin in _pins.Values)
        {
            pin.Dispose();
        }

        _pins.Clear();
    }

    private GpioPin Open(int pinNumber) =>
        _pins.TryGetValue(pinNumber, out GpioPin? pin) ? pin : throw new InvalidOperationException();
}

/// <summary>An open pin.</summary>
public sealed class GpioPin : IDisposable
{
    // Native reading builds a PinValue as an object, and the call copies it: cells of 12 bytes, two each.
    private const int AnswerObjects = 2;
    private const int AnswerBytes = 48;

    private readonly Bench _bench;
    private PinMode _mode = PinMode.Input;
    private bool _high;
    private bool _disposed;

    internal GpioPin(Bench bench, int pinNumber)
    {
        _bench = bench;
        PinNumber = pinNumber;
    }

    /// <summary>Gets the GPIO number.</summary>
    public int PinNumber { get; }

    /// <summary>Tells whether the pin can take a mode.</summary>
    /// <param name="pinMode">Direction and driver.</param>
    /// <returns>True when it can.</returns>
    public bool IsPinModeSupported(PinMode pinMode) => Supports(PinNumber, pinMode);

    /// <summary>Gets the mode.</summary>
    /// <returns>Direction and driver.</returns>
    public PinMode GetPinMode() => _mode;

    /// <summary>Sets the mode.</summary>
    /// <param name="value">Direction and driver.</param>
    /// <exception cref="ArgumentException">The pin cannot do that: GPIO34 to 39 are inputs without pulls.</exception>
    public void SetPinMode(PinMode value)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!Supports(PinNumber, value))
        {
            throw new ArgumentException(null, nameof(value));
        }

        _mode = value;
    }

    /// <summary>Reads the level: what the pin drives, or what is connected to it (1.65 V and more is high).</summary>
    /// <returns>The level.</returns>
    public PinValue Read()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _bench.Charge(DeviceCall.GpioRead);
        bool high = _mode >= PinMode.Output ? _high : _bench.Pins.Volts(PinNumber) >= PinMap.DigitalLevel;
        _bench.Leave(AnswerObjects, AnswerBytes);
        return high;
    }

    /// <summary>Drives the pin.</summary>
    /// <param name="value">Level.</param>
    public void Write(PinValue value)
    {
        _bench.Charge(DeviceCall.GpioWrite);
        Set((bool)value);
    }

    /// <summary>Inverts the level.</summary>
    public void Toggle()
    {
        _bench.Charge(DeviceCall.GpioToggle);
        Set(!_high);
    }

    /// <summary>Gives the pin back.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _bench.Pins.Release(PinNumber);
        }
    }

    internal static bool Supports(int pin, PinMode mode) => mode switch
    {
        PinMode.Input => Esp32Pins.Exists(pin),
        PinMode.InputPullDown or PinMode.InputPullUp => Esp32Pins.Exists(pin) && Esp32Pins.HasPulls(pin),
        PinMode.Output or PinMode.OutputOpenDrain => Esp32Pins.CanOutput(pin),
        _ => false,
    };

    private void Set(bool high)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_mode < PinMode.Output)
        {
            // The chip latches the level without driving it.
            _high = high;
            return;
        }

        _high = high;
        _bench.Pins.Record(PinNumber, high ? 1 : 0);
    }
}
