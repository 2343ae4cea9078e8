// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Peripherals;
using nanoFramework.Hardware.Esp32;

namespace System.Device.Pwm;

/// <summary>A pin that gives pulses.</summary>
public sealed class PwmChannel : IPwmUser, IDisposable
{
    // The duty cycle is kept in steps of 1/10 000: 2 µs at 50 Hz.
    private const double DutySteps = 10_000;

    private readonly Bench _bench;
    private readonly int _pin;
    private readonly int _timer;
    private int _frequency;
    private uint _duty;
    private bool _started;

    private PwmChannel(Bench bench, int timer, int pin, int frequency, double dutyCycle)
    {
        if (!Esp32Pins.CanOutput(pin))
        {
            throw new ArgumentException(null, nameof(pin));
        }

        _bench = bench;
        _pin = pin;
        _timer = timer;
        bench.Pins.Claim(pin, "PWM");
        Frequency = frequency;
        bench.Pwm.RequireReady(timer);
        DutyCycle = dutyCycle;
    }

    /// <summary>Gets or sets the frequency in Hz.</summary>
    /// <exception cref="ArgumentException">The frequency is not positive.</exception>
    public int Frequency
    {
        get => _frequency;
        set
        {
            if (value <= 0)
            {
                throw new ArgumentException(null, nameof(value));
            }

            _bench.Charge(DeviceCall.PwmWrite);
            _frequency = value;
            if (_started)
            {
                _bench.Pwm.Run(this, _timer, value);
            }
        }
    }

    /// <summary>Gets or sets the part of the time at which the pin is high, 0 to 1, in steps of 1/10 000.</summary>
    /// <exception cref="ArgumentException">The value lies outside.</exception>
    public double DutyCycle
    {
        get => _duty / DutySteps;
        set
        {
            if (!(value >= 0 && value <= 1))
            {
                throw new ArgumentException(null, nameof(value));
            }

            _bench.Charge(DeviceCall.PwmWrite);
            _duty = (uint)(value * DutySteps);
            Record();
        }
    }

    /// <summary>Opens a pin that has a PWM function.</summary>
    /// <param name="pin">GPIO number.</param>
    /// <param name="frequency">Frequency in Hz.</param>
    /// <param name="dutyCyclePercentage">Duty cycle, 0 to 1.</param>
    /// <returns>The channel; null when no PWM function was given to the pin with Configuration.SetPinFunction.</returns>
    public static PwmChannel? CreateFromPin(int pin, int frequency = 400, double dutyCyclePercentage = 0.5)
    {
        Bench bench = Bench.Current;
        for (int n = 0; n < 16; n++)
        {
            if (bench.Pins.FunctionPin((int)DeviceFunction.PWM1 + (n * 0x100)) == pin)
            {
                return new PwmChannel(bench, n / 2, pin, frequency, dutyCyclePercentage);
            }
        }

        return null;
    }

    /// <summary>Starts the pulses.</summary>
    public void Start()
    {
        _bench.Charge(DeviceCall.PwmWrite);
        _started = true;
        _bench.Pwm.Run(this, _timer, _frequency);
    }

    /// <summary>Stops the pulses.</summary>
    public void Stop()
    {
        _bench.Charge(DeviceCall.PwmWrite);
        _started = false;
        _bench.Pwm.Stop(this);
        _bench.Pins.Record(_pin, 0);
    }

    /// <summary>Gives the pin back.</summary>
    public void Dispose()
    {
        if (_started)
        {
            Stop();
        }

        _bench.Pins.Release(_pin);
    }

    int IPwmUser.Timer => _timer;

    void IPwmUser.Record() => Record();

    private void Record()
    {
        if (_started)
        {
            _bench.Pins.Record(_pin, VirtualPwm.PartOf(_duty, _frequency) * 1e6 / _bench.Pwm.FrequencyOf(_timer));
        }
    }
}
