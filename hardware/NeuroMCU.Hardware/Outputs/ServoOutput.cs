// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Device.Pwm;
using nanoFramework.Hardware.Esp32;
using NeuroMCU.Hardware.Boards;

namespace NeuroMCU.Hardware.Outputs
{
    /// <summary>A hobby servo: pulses of 500 to 2500 µs, 50 times a second, in steps of 2 µs.</summary>
    public sealed class ServoOutput : IBoardOutput
    {
        /// <summary>The driver keeps duty cycles in steps of 1/10 000 of the period, 2 µs.</summary>
        private const int StepMicroseconds = 2;

        private readonly BoardOutput _output;
        private readonly PwmChannel _channel;
        private int _pulse;

        /// <summary>Initializes a new instance of the <see cref="ServoOutput" /> class and goes to the safe position.</summary>
        /// <param name="output">Description, checked.</param>
        /// <param name="number">Which PWM function to use, 0 for PWM1.</param>
        /// <exception cref="InvalidOperationException">The pin takes no PWM.</exception>
        public ServoOutput(BoardOutput output, int number)
        {
            _output = output;
            _pulse = output.Safe;
            Configuration.SetPinFunction(output.Pin, (DeviceFunction)((int)DeviceFunction.PWM1 + (number * 0x100)));
            _channel = PwmChannel.CreateFromPin(output.Pin, PwmTimers.ServoFrequency, DutyOf(_pulse));
            if (_channel == null)
            {
                throw new InvalidOperationException();
            }

            Level = OutputLevel.Map(_pulse, output.Low, output.High);
            _channel.Start();
        }

        /// <inheritdoc />
        public int Level { get; private set; }

        /// <inheritdoc />
        public void Write(int level)
        {
            level = Math.Min(Math.Max(level, 0), OutputLevel.Full);
            Level = level;
            Give(_output.Low + (int)((((long)(_output.High - _output.Low) * level) + (OutputLevel.Full / 2)) / OutputLevel.Full));
        }

        /// <inheritdoc />
        public void MakeSafe()
        {
            Level = OutputLevel.Map(_output.Safe, _output.Low, _output.High);
            Give(_output.Safe);
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
        {
            return ((pulse / StepMicroseconds) + 0.25) * StepMicroseconds * PwmTimers.ServoFrequency / 1000000.0;
        }

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
