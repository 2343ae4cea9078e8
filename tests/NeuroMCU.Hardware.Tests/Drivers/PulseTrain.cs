// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench.Peripherals;

namespace NeuroMCU.Hardware.Tests.Drivers;

/// <summary>Rectangular pulses at given times.</summary>
internal sealed class PulseTrain(double height, int width, params long[] times) : IPinSource
{
    public double Volts(long time)
    {
        int at = Array.BinarySearch(times, time);
        int last = at >= 0 ? at : ~at - 1;
        return last >= 0 && time < times[last] + width ? height : 0;
    }

    public long Rises(long time) => times.Count(t => t <= time);
}
