// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace System.Device.Gpio;

/// <summary>Direction and driver of a pin.</summary>
public enum PinMode
{
    /// <summary>Input without pull resistor.</summary>
    Input = 0,

    /// <summary>Input that is pulled to ground.</summary>
    InputPullDown = 1,

    /// <summary>Input that is pulled to the supply.</summary>
    InputPullUp = 2,

    /// <summary>Push-pull output.</summary>
    Output = 3,

    /// <summary>Open-drain output.</summary>
    OutputOpenDrain = 4,

    /// <summary>Open-drain output with pull-up.</summary>
    OutputOpenDrainPullUp = 5,

    /// <summary>Open-source output.</summary>
    OutputOpenSource = 6,

    /// <summary>Open-source output with pull-down.</summary>
    OutputOpenSourcePullDown = 7,
}

/// <summary>Level of a pin.</summary>
public readonly struct PinValue : IEquatable<PinValue>
{
    private readonly byte _value;

    private PinValue(byte value) => _value = value;

    /// <summary>Gets the high level.</summary>
    public static PinValue High => new(1);

    /// <summary>Gets the low level.</summary>
    public static PinValue Low => new(0);

    /// <summary>0 is low, anything else high.</summary>
    /// <param name="value">A number.</param>
    public static implicit operator PinValue(int value) => value == 0 ? Low : High;

    /// <summary>True is high.</summary>
    /// <param name="value">A truth value.</param>
    public static implicit operator PinValue(bool value) => value ? High : Low;

    /// <summary>Low is 0, high is 1.</summary>
    /// <param name="value">A level.</param>
    public static explicit operator byte(PinValue value) => value._value;

    /// <summary>Low is 0, high is 1.</summary>
    /// <param name="value">A level.</param>
    public static explicit operator int(PinValue value) => value._value;

    /// <summary>High is true.</summary>
    /// <param name="value">A level.</param>
    public static explicit operator bool(PinValue value) => value._value != 0;

    /// <summary>Compares two levels.</summary>
    /// <param name="a">One level.</param>
    /// <param name="b">The other.</param>
    public static bool operator ==(PinValue a, PinValue b) => a.Equals(b);

    /// <summary>Compares two levels.</summary>
    /// <param name="a">One level.</param>
    /// <param name="b">The other.</param>
    public static bool operator !=(PinValue a, PinValue b) => !a.Equals(b);

    /// <inheritdoc />
    public bool Equals(PinValue other) => other._value == _value;

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is PinValue other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => _value;

    /// <inheritdoc />
    public override string ToString() => _value == 0 ? "Low" : "High";
}
