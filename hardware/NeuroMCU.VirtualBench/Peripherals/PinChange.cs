// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Peripherals;

/// <summary>A change on a pin.</summary>
/// <param name="Time">Time in µs.</param>
/// <param name="Value">Level of a GPIO (0, 1), code of a converter (0 to 255) or pulse width of a PWM pin in µs (0 while stopped).</param>
public readonly record struct PinChange(long Time, double Value);
