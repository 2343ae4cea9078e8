// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench.Peripherals;

namespace NeuroMCU.Hardware.Tests.Drivers;

/// <summary>A voltage that stays.</summary>
internal sealed class Level(double volts) : IPinSource
{
    public double Volts(long time) => volts;

    public long Rises(long time) => 0;
}
