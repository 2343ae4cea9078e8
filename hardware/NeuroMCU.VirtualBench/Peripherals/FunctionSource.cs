// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Peripherals;

/// <summary>A voltage given as a function of time. Its rises are looked for in steps of 10 µs.</summary>
internal sealed class FunctionSource(Func<long, double> volts, long start) : IPinSource
{
    private const int Step = 10;

    private long _time = start;
    private bool _high = volts(start) >= PinMap.DigitalLevel;
    private long _rises;

    public double Volts(long time) => volts(time);

    public long Rises(long time)
    {
        while (_time < time)
        {
            _time = Math.Min(_time + Step, time);
            bool high = volts(_time) >= PinMap.DigitalLevel;
            if (high && !_high)
            {
                _rises++;
            }

            _high = high;
        }

        return _rises;
    }
}
