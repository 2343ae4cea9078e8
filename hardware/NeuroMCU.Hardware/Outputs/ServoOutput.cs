// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Device.Pwm;
using nanoFramework.Hardware.Esp32;

namespace NeuroMCU.Hardware.Outputs
{
    /// <summary>A hobby servo: pulses of 500 to 2500 µs, 50 times a second, in steps of 2 µs.</summary>
    public sealed class ServoOutput : IBoardOutput
    {
        /// <summary>Frequency of the pulses in Hz.</summary>
        public const int Frequency = 50;

        /// <summary>Shortest pulse that a servo is given, in µs.</summary>
        public const int ShortestPulse = 500;

        /// <summary>Longest pulse that a servo is given, in µs.</summary>
        public const int LongestPulse = 2500;

        /// <summary>The driver keeps duty cycles in steps of 1/10 000 of the period, 2 µs.</summary>
        private const int StepMicroseconds = 2;

        private readonly OutputRange _range;
        private readonly PwmChannel _channel;
        private int _pulse;

        /// <summary>Initializes a new instance of the <see cref="ServoOutput" /> class and goes to the safe position.</summary>
        /// <param name="number">Which PWM function to use, 0 for PWM1.</param>
        /// <param name="range">Its pulses in µs.</param>
        /// <exception cref="InvalidOperationException">The pin takes no PWM.</exception>
        internal ServoOutput(int pin, int number, OutputRange range)
        {
            _range = range;
            _pulse = range.Safe;
            Configuration.SetPinFunction(pin, (DeviceFunction)((int)DeviceFunction.PWM1 + (number * 0x100)));
            _channel = PwmChannel.CreateFromPin(pin, Frequency, DutyOf(_pulse));
            if (_channel == null)
            {
                throw new InvalidOperationException();
            }

            Level = range.SafeLevel;
            _channel.Start();
        }

        /// <inheritdoc />
        public int Level { get; private set; }

        /// <inheritdoc />
        public void Write(int level)
        {
            Level = OutputLevel.Held(level);
            Give(_range.Value(Level));
        }

        /// <inheritdoc />
        public void MakeSafe()
        {
            Level = _range.SafeLevel;
            Give(_range.Safe);
        }

        /// <inheritdoc />
        public void Close()
        {
            MakeSafe();
            _channel.Stop();
            _channel.Dispose();
        }

        /// <summary>A quarter step more, so that the driver, which cuts off, keeps the step that is meant.</summary>
        private static double DutyOf(int pulse)
            => ((pulse / StepMicroseconds) + 0.25) * StepMicroseconds * Frequency / 1000000.0;

        private void Give(int pulse)
        {
            if (pulse != _pulse)
            {
                _pulse = pulse;
                _channel.DutyCycle = DutyOf(pulse);
            }
        }
    }
}
