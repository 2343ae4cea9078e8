// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Hardware.Neurons;

namespace NeuroMCU.Firmware.Channels
{
    /// <summary>The neuron channels of the board together: what drives them, timed resets, and the safe state.</summary>
    public sealed class ChannelBank
    {
        private readonly int[] _codes;
        private readonly long[] _pressEnds;
        private int _pressed;

        /// <summary>Initializes a new instance of the <see cref="ChannelBank" /> class.</summary>
        /// <param name="board">The channels, each at its safe level; null for a board without neurons.</param>
        public ChannelBank(INeuronBoard board)
        {
            Board = board;
            Count = board == null ? 0 : board.Count;
            _codes = new int[Count];
            _pressEnds = new long[Count];
            Forget();
        }

        /// <summary>Gets the channels; null for a board without neurons.</summary>
        public INeuronBoard Board { get; }

        /// <summary>Gets the number of channels.</summary>
        public int Count { get; }

        /// <summary>Gets the channel that was driven, sensed or reset last: where an exception of a driver came from.</summary>
        public int Touched { get; private set; }

        /// <summary>Gets the number of times that everything was made safe: what was begun before is over.</summary>
        public int SafeCount { get; private set; }

        /// <summary>Gets the number of codes written.</summary>
        public long Writes { get; private set; }

        /// <summary>Gets a value indicating whether a channel is driven or its reset is pressed.</summary>
        public bool IsActive
        {
            get
            {
                for (int k = 0; k < _codes.Length; k++)
                {
                    if (_codes[k] > 0)
                    {
                        return true;
                    }
                }

                return _pressed > 0;
            }
        }

        /// <summary>Gets the time in µs at which the next reset is released; long.MaxValue when none is pressed.</summary>
        public long NextEnd
        {
            get
            {
                long next = long.MaxValue;
                for (int k = 0; k < _pressEnds.Length && _pressed > 0; k++)
                {
                    if (_pressEnds[k] != 0 && _pressEnds[k] < next)
                    {
                        next = _pressEnds[k];
                    }
                }

                return next;
            }
        }

        /// <summary>Gets the code that a channel is driven with.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>The code; 0 after everything was made safe.</returns>
        public int CodeOf(int channel)
        {
            return _codes[channel] < 0 ? 0 : _codes[channel];
        }

        /// <summary>Has the spike inputs of all channels looked at.</summary>
        public void WatchAll()
        {
            for (int k = 0; k < Count; k++)
            {
                Board.Watch(k, true);
            }
        }

        /// <summary>Drives a channel; the same code twice costs nothing.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <param name="code">Code of its converter; the board holds it within the profile's limit.</param>
        public void Drive(int channel, int code)
        {
            if (_codes[channel] == code)
            {
                return;
            }

            Touched = channel;
            Board.Drive(channel, code);
            _codes[channel] = code;
            Writes++;
        }

        /// <summary>Reads what a channel senses.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>Code of its converter; -1 when it senses nothing.</returns>
        public int Sense(int channel)
        {
            Touched = channel;
            return Board.Sense(channel);
        }

        /// <summary>Presses the reset of a channel for a time; one that is pressed stays so longer.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <param name="end">Time in µs at which it is released.</param>
        public void Press(int channel, long end)
        {
            Touched = channel;
            if (_pressEnds[channel] == 0)
            {
                Board.Reset(channel, true);
                _pressed++;
            }

            _pressEnds[channel] = end;
        }

        /// <summary>Releases the resets whose time is over.</summary>
        /// <param name="now">Time in µs.</param>
        public void EndPresses(long now)
        {
            if (_pressed == 0)
            {
                return;
            }

            for (int k = 0; k < _pressEnds.Length; k++)
            {
                if (_pressEnds[k] != 0 && _pressEnds[k] <= now)
                {
                    Touched = k;
                    Board.Reset(k, false);
                    _pressEnds[k] = 0;
                    _pressed--;
                }
            }
        }

        /// <summary>Takes every drive to its safe level and releases every reset.</summary>
        /// <returns>Number of the first channel that failed, as far as it is known which; −1 when all are safe.</returns>
        public int MakeSafe()
        {
            SafeCount++;
            Forget();

            try
            {
                return Board == null ? -1 : Board.MakeSafe();
            }
#pragma warning disable CA1031 // Whatever a driver throws, the caller goes on to what else has to be safe, and raises the fault.
            catch (Exception)
#pragma warning restore CA1031
            {
                return Touched;
            }
        }

        // The safe level of a profile need not be code 0: the next code is written in any case.
        private void Forget()
        {
            _pressed = 0;
            for (int k = 0; k < _codes.Length; k++)
            {
                _codes[k] = -1;
                _pressEnds[k] = 0;
            }
        }
    }
}
