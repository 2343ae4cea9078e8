// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Peripherals;

/// <summary>What is connected to an input pin: a circuit.</summary>
public interface IPinSource
{
    /// <summary>Gets the voltage.</summary>
    /// <param name="time">Time in µs; up to now, and back as far as the DMA of a stream reaches (some 100 ms).</param>
    /// <returns>Volts.</returns>
    double Volts(long time);

    /// <summary>Gets how often the voltage has risen through the level of a digital input (<see cref="PinMap.DigitalLevel" />).</summary>
    /// <param name="time">Time in µs; not before that of an earlier call.</param>
    /// <returns>Number of rises from power-on until then, that moment included.</returns>
    long Rises(long time);
}

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
