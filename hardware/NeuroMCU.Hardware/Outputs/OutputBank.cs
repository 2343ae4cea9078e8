// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Device.Gpio;
using NeuroMCU.Hardware.Boards;

namespace NeuroMCU.Hardware.Outputs
{
    /// <summary>All outputs of a board, by the numbers that networks bind to, with the pulses that neurons give.</summary>
    public sealed class OutputBank
    {
        private readonly IBoardOutput[] _outputs;
        private readonly long[] _pulseEnds;
        private long _next = long.MaxValue;

        /// <summary>Initializes a new instance of the <see cref="OutputBank" /> class: checks the profile, then opens its outputs at their safe levels.</summary>
        /// <param name="profile">Profile of the board.</param>
        /// <param name="controller">The pins.</param>
        /// <exception cref="BoardProfileException">The profile is wrong; nothing has been driven.</exception>
        public OutputBank(BoardProfile profile, GpioController controller)
        {
            BoardCheck.Check(profile);
            _outputs = new IBoardOutput[profile.Outputs.Length];
            _pulseEnds = new long[profile.Outputs.Length];
            int servos = 0;
            for (int i = 0; i < _outputs.Length; i++)
            {
                _pulseEnds[i] = long.MaxValue;
                BoardOutput output = profile.Outputs[i];
                switch (output.Kind)
                {
                    case OutputKind.Servo:
                        _outputs[i] = new ServoOutput(output, servos);
                        servos++;
                        break;
                    case OutputKind.Dac:
                        _outputs[i] = new DacOutput(output);
                        break;
                    default:
                        _outputs[i] = new DigitalOutput(controller, output);
                        break;
                }
            }
        }

        /// <summary>Gets the number of outputs.</summary>
        public int Count
        {
            get
            {
                return _outputs.Length;
            }
        }

        /// <summary>Gets the time in µs at which <see cref="Service" /> has a pulse to end; long.MaxValue for none.</summary>
        public long NextEventTime
        {
            get
            {
                return _next;
            }
        }

        /// <summary>Gets the level of an output.</summary>
        /// <param name="output">Number of the output, 0 to <see cref="Count" /> − 1.</param>
        /// <returns>0 to <see cref="OutputLevel.Full" />.</returns>
        public int LevelOf(int output)
        {
            return _outputs[output].Level;
        }

        /// <summary>Sets an output; a pulse on it ends.</summary>
        /// <param name="output">Number of the output, 0 to <see cref="Count" /> − 1.</param>
        /// <param name="level">0 to <see cref="OutputLevel.Full" />.</param>
        public void Write(int output, int level)
        {
            _pulseEnds[output] = long.MaxValue;
            _outputs[output].Write(level);
        }

        /// <summary>Gives a pulse of full level. One that comes during another makes it longer.</summary>
        /// <param name="output">Number of the output, 0 to <see cref="Count" /> − 1.</param>
        /// <param name="now">Time in µs.</param>
        /// <param name="width">Width in µs, 1 or more; the pulse ends at the first <see cref="Service" /> after it.</param>
        public void Pulse(int output, long now, int width)
        {
            _outputs[output].Write(OutputLevel.Full);
            _pulseEnds[output] = now + width;
            if (now + width < _next)
            {
                _next = now + width;
            }
        }

        /// <summary>Ends the pulses that are due.</summary>
        /// <param name="now">Time in µs.</param>
        public void Service(long now)
        {
            if (now < _next)
            {
                return;
            }

            long next = long.MaxValue;
            for (int i = 0; i < _pulseEnds.Length; i++)
            {
                if (_pulseEnds[i] <= now)
                {
                    _pulseEnds[i] = long.MaxValue;
                    _outputs[i].Write(0);
                }
                else if (_pulseEnds[i] < next)
                {
                    next = _pulseEnds[i];
                }
            }

            _next = next;
        }

        /// <summary>Takes every output to its safe level, also when one of them fails.</summary>
        /// <returns>The number of outputs that failed.</returns>
        public int MakeSafe()
        {
            int failed = 0;
            _next = long.MaxValue;
            for (int i = 0; i < _outputs.Length; i++)
            {
                _pulseEnds[i] = long.MaxValue;
                try
                {
                    _outputs[i].MakeSafe();
                }
                catch (Exception)
                {
                    failed++;
                }
            }

            return failed;
        }

        /// <summary>Takes every output to its safe level and gives the pins back.</summary>
        public void Close()
        {
            MakeSafe();
            for (int i = 0; i < _outputs.Length; i++)
            {
                _outputs[i].Close();
            }
        }
    }
}
