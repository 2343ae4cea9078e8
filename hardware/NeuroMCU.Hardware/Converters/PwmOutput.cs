// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Device.Pwm;
using nanoFramework.Hardware.Esp32;

namespace NeuroMCU.Hardware.Converters
{
    /// <summary>A pin whose pulses stand for a voltage: the code is the duty cycle in steps of 1/10 000, as the driver keeps it.</summary>
    internal sealed class PwmOutput : IAnalogOutput
    {
        /// <summary>Code of a pin that is high all the time.</summary>
        public const int AlwaysHigh = 10000;

        /// <summary>Below this frequency in Hz the platform reckons in steps of 2^-19 of a period, and its sum overflows from
        /// <see cref="OverflowCode" /> on.</summary>
        public const int OverflowFrequency = 153;

        /// <summary>First code that overflows: 8192 · 2^19 = 2^32. The pin would be low where it should be high nearly all the
        /// time.</summary>
        public const int OverflowCode = 8192;

        private readonly PwmChannel _channel;
        private int _code = -1;

        /// <summary>Initializes a new instance of the <see cref="PwmOutput" /> class with a first code.</summary>
        /// <param name="number">Which PWM function to use, 0 for PWM1.</param>
        /// <param name="frequency">Frequency in Hz.</param>
        /// <exception cref="InvalidOperationException">The pin takes no PWM.</exception>
        public PwmOutput(int pin, int number, int frequency, int code)
        {
            Configuration.SetPinFunction(pin, (DeviceFunction)((int)DeviceFunction.PWM1 + (number * 0x100)));
            _channel = PwmChannel.CreateFromPin(pin, frequency, 0);
            if (_channel == null)
            {
                throw new InvalidOperationException();
            }

            Write(code);
            _channel.Start();
        }

        /// <inheritdoc />
        public int FullCode => AlwaysHigh;

        /// <inheritdoc />
        public void Write(int code)
        {
            code = code < 0 ? 0 : code > AlwaysHigh ? AlwaysHigh : code;
            if (code != _code)
            {
                _code = -1;

                // A quarter step more, so that the driver, which cuts off, keeps the step that is meant.
                _channel.DutyCycle = code == AlwaysHigh ? 1.0 : (code + 0.25) / AlwaysHigh;
                _code = code;
            }
        }

        /// <inheritdoc />
        public void Close()
        {
            _channel.Stop();
            _channel.Dispose();
        }
    }
}
