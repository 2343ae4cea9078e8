// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Firmware.Channels;
using NeuroMCU.Hardware.Outputs;

namespace NeuroMCU.Firmware.Outputs
{
    /// <summary>All outputs of the board together: levels, timed pulses, and the safe state, that of the neuron channels
    /// included.</summary>
    internal sealed class OutputBank
    {
        private readonly IBoardOutput[] _outputs;
        private readonly long[] _pulseEnds;
        private readonly ChannelBank _channels;
        private int _pulses;

        internal OutputBank(IBoardOutput[] outputs, ChannelBank channels)
        {
            _channels = channels;
            _outputs = outputs;
            _pulseEnds = new long[outputs.Length];
        }

        /// <summary>Gets the number of outputs.</summary>
        internal int Count => _outputs.Length;

        /// <summary>Gets a value indicating whether a host has set an output since everything was safe.</summary>
        internal bool IsSet { get; private set; }

        /// <summary>Gets the number of the neuron channel that could not be made safe the last time; −1 when all were.</summary>
        internal int FailedChannel { get; private set; } = -1;

        /// <summary>Gets the time in µs at which the next pulse ends; long.MaxValue when there is none.</summary>
        internal long NextEnd
        {
            get
            {
                long next = long.MaxValue;
                for (int k = 0; k < _pulseEnds.Length && _pulses > 0; k++)
                {
                    if (_pulseEnds[k] != 0 && _pulseEnds[k] < next)
                    {
                        next = _pulseEnds[k];
                    }
                }

                return next;
            }
        }

        /// <summary>Sets a level.</summary>
        /// <param name="output">Number of the output; one that the board does not have is ignored.</param>
        /// <param name="level">0 to <see cref="OutputLevel.Full" />.</param>
        internal void Write(int output, int level)
        {
            if (output >= 0 && output < _outputs.Length)
            {
                _outputs[output].Write(level);
            }
        }

        /// <summary>Sets a level that a host asked for; it stays until everything is made safe.</summary>
        /// <param name="level">0 to <see cref="OutputLevel.Full" />.</param>
        internal void Set(int output, int level)
        {
            IsSet = true;
            _outputs[output].Write(level);
        }

        /// <summary>Starts a pulse; a pulse that goes on is made longer.</summary>
        /// <param name="output">Number of the output; one that the board does not have is ignored.</param>
        /// <param name="end">Time in µs at which it ends.</param>
        internal void Pulse(int output, long end)
        {
            if (output < 0 || output >= _outputs.Length)
            {
                return;
            }

            if (_pulseEnds[output] == 0)
            {
                _pulses++;
                _outputs[output].Write(OutputLevel.Full);
            }

            _pulseEnds[output] = end;
            _channels.Pulsed(output, end);
        }

        /// <summary>Ends the pulses that are over.</summary>
        internal void EndPulses(long now)
        {
            if (_pulses == 0)
            {
                return;
            }

            for (int k = 0; k < _pulseEnds.Length; k++)
            {
                if (_pulseEnds[k] != 0 && _pulseEnds[k] <= now)
                {
                    _pulseEnds[k] = 0;
                    _pulses--;
                    _outputs[k].Write(0);
                }
            }
        }

        /// <summary>Brings every output to its safe level. An output that throws does not keep the others from it.</summary>
        /// <returns>Number of the first output that failed; −1 when all are safe.</returns>
        internal int MakeSafe()
        {
            int failed = -1;
            for (int k = 0; k < _outputs.Length; k++)
            {
                _pulseEnds[k] = 0;
                try
                {
                    _outputs[k].MakeSafe();
                }
#pragma warning disable CA1031 // Whatever a driver throws, the other outputs must become safe.
                catch (Exception)
#pragma warning restore CA1031
                {
                    if (failed < 0)
                    {
                        failed = k;
                    }
                }
            }

            _pulses = 0;
            IsSet = false;
            FailedChannel = _channels.MakeSafe();
            return failed;
        }
    }
}
