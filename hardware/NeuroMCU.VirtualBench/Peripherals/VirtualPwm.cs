// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Peripherals;

/// <summary>A pin that gives pulses.</summary>
internal interface IPwmUser
{
    /// <summary>Gets its timer, 0 to 7.</summary>
    int Timer { get; }

    /// <summary>Notes the pulses at the pin, whose timer may run at another frequency now.</summary>
    void Record();
}

/// <summary>
/// The PWM timers of an ESP32 as nanoFramework uses them (read in nf-interpreter, System.Device.Pwm): eight timers, each for two of the
/// functions PWM1 to PWM16, the upper four on hardware of their own. The pins of a timer share its frequency.
/// </summary>
internal sealed class VirtualPwm
{
    private const int Timers = 8;
    private const long ClockTimes256 = 80_000_000L << 8;
    private const int MostBits = 19;

    private readonly int[] _frequency = new int[Timers];
    private readonly bool[] _configured = new bool[2];
    private readonly List<IPwmUser> _running = [];
    private bool _started;

    /// <summary>Gets what part of a period the hardware is given for a duty cycle: the driver multiplies in 32 bits, and
    /// overflows.</summary>
    /// <param name="duty">Duty cycle in steps of 1/10 000.</param>
    /// <param name="frequency">Frequency in Hz that the channel was opened with.</param>
    /// <returns>0 to 1.</returns>
    public static double PartOf(uint duty, int frequency)
    {
        int bits = MostBits;
        while (bits > 1 && (ClockTimes256 / frequency) >> bits <= 256)
        {
            bits--;
        }

        ulong product = (ulong)duty << bits;
        return product <= uint.MaxValue ? duty / 10000.0 : (uint)product / 10000.0 / (1L << bits);
    }

    /// <summary>Checks that a duty cycle can be set while other channels run: the hardware behind the timer must have been set
    /// up.</summary>
    /// <param name="timer">0 to 7.</param>
    /// <exception cref="ArgumentException">Only the other four timers have been.</exception>
    public void RequireReady(int timer)
    {
        if (_started && !_configured[timer / 4])
        {
            throw new ArgumentException(null, nameof(timer));
        }
    }

    /// <summary>Gets the frequency that a timer runs at.</summary>
    /// <param name="timer">0 to 7.</param>
    /// <returns>Frequency in Hz.</returns>
    public int FrequencyOf(int timer) => _frequency[timer];

    /// <summary>A channel starts or changes its frequency, and with it that of its timer and of the timer's other pin.</summary>
    /// <param name="timer">0 to 7.</param>
    /// <param name="frequency">Frequency in Hz.</param>
    public void Run(IPwmUser channel, int timer, int frequency)
    {
        _frequency[timer] = frequency;
        _configured[timer / 4] = true;
        _started = true;
        if (!_running.Contains(channel))
        {
            _running.Add(channel);
        }

        foreach (IPwmUser other in _running)
        {
            if (other.Timer == timer)
            {
                other.Record();
            }
        }
    }

    /// <summary>A channel stops; for the driver none is running from then on, until one starts again.</summary>
    public void Stop(IPwmUser channel)
    {
        _started = false;
        _running.Remove(channel);
    }
}
