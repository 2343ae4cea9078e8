// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Peripherals;

/// <summary>A hobby servo on a PWM pin: 500 µs is −90°, 1500 µs 0°, 2500 µs +90°.</summary>
/// <param name="pins">The pins of its bench.</param>
/// <param name="pin">GPIO number.</param>
public sealed class VirtualServo(PinMap pins, int pin)
{
    /// <summary>Gets the width of the pulses in µs; 0 while the pin is still.</summary>
    public double PulseMicroseconds => pins.Value(pin);

    /// <summary>Gets the angle in degrees that the pulses ask for; NaN while there are none.</summary>
    public double AngleDegrees => PulseMicroseconds > 0 ? (PulseMicroseconds - 1500) * 90 / 1000 : double.NaN;
}
