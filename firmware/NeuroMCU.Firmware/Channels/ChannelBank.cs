// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Hardware.Neurons;

namespace NeuroMCU.Firmware.Channels
{
    /// <summary>The neuron channels of the board together: what drives them, timed resets, and the safe state.</summary>
    internal sealed class ChannelBank
    {
        /// <summary>The channels, by number; none on a board without neurons.</summary>
        internal readonly ChannelState[] Channels;

        /// <summary>By how much the loop may delay their spikes.</summary>
        internal readonly LoopSlack Slack = new LoopSlack();

        private int _pressed;

        /// <summary>Initializes a new instance of the <see cref="ChannelBank" /> class.</summary>
        /// <param name="board">The channels, each at its safe level; null for a board without neurons.</param>
        internal ChannelBank(INeuronBoard board)
        {
            Board = board;
            Count = board == null ? 0 : board.Count;
            Channels = new ChannelState[Count];
            for (int k = 0; k < Count; k++)
            {
                Channels[k] = new ChannelState(k, board.MaxCode(k), Slack);
            }
        }

        /// <summary>Gets the channels' drivers; null for a board without neurons.</summary>
        internal INeuronBoard Board { get; }

        internal int Count { get; }

        /// <summary>Gets the number of the channel that was driven, sensed or reset last: where an exception of a driver came
        /// from.</summary>
        internal int Touched { get; private set; }

        /// <summary>Gets the number of times that everything was made safe: what was begun before is over.</summary>
        internal int SafeCount { get; private set; }

        /// <summary>Gets the number of codes written.</summary>
        internal long Writes { get; private set; }

        /// <summary>Gets a value indicating whether a channel is driven or its reset is pressed.</summary>
        internal bool IsActive
        {
            get
            {
                for (int k = 0; k < Channels.Length; k++)
                {
                    if (Channels[k].Code > 0)
                    {
                        return true;
                    }
                }

                return _pressed > 0;
            }
        }

        /// <summary>Gets the time in µs at which the next reset is let go; long.MaxValue when none is pressed.</summary>
        internal long NextEnd
        {
            get
            {
                long next = long.MaxValue;
                for (int k = 0; k < Channels.Length && _pressed > 0; k++)
                {
                    long end = Channels[k].ResetEnd;
                    if (end != 0 && end < next)
                    {
                        next = end;
                    }
                }

                return next;
            }
        }

        /// <summary>Tells whether the board has a channel that can be driven.</summary>
        internal bool Has(int number) => number < Count && Channels[number].Range.Limit > 0;

        /// <summary>Has the spike inputs of all channels looked at.</summary>
        internal void WatchAll()
        {
            for (int k = 0; k < Count; k++)
            {
                Board.Watch(k, true);
            }
        }

        /// <summary>Drives a channel; the same code twice costs nothing.</summary>
        /// <param name="code">Code of its converter; the board holds it within the profile's limit.</param>
        internal void Drive(ChannelState channel, int code)
        {
            if (channel.Code == code)
            {
                return;
            }

            Touched = channel.Number;
            Board.Drive(channel.Number, code);
            channel.Code = code;
            Writes++;
        }

        /// <summary>Notes a pulse of an output, which drives the channels that it reaches.</summary>
        /// <param name="end">Time in µs at which it ends.</param>
        internal void Pulsed(int output, long end)
        {
            for (int k = 0; k < Count; k++)
            {
                if (Board.PulseOutput(k) == output)
                {
                    Channels[k].Spikes.Pulsed(end);
                }
            }
        }

        /// <summary>Reads what a channel senses.</summary>
        /// <returns>Code of its converter; -1 when it senses nothing.</returns>
        internal int Sense(int number)
        {
            Touched = number;
            return Board.Sense(number);
        }

        /// <summary>Presses the reset of a channel for a time; one that is pressed stays so longer.</summary>
        /// <param name="end">Time in µs at which it is let go.</param>
        internal void Press(ChannelState channel, long end)
        {
            Touched = channel.Number;
            if (channel.ResetEnd == 0)
            {
                Board.Reset(channel.Number, true);
                _pressed++;
            }

            channel.ResetEnd = end;
        }

        /// <summary>Lets go of the resets whose time is over.</summary>
        internal void EndPresses(long now)
        {
            if (_pressed == 0)
            {
                return;
            }

            for (int k = 0; k < Channels.Length; k++)
            {
                ChannelState channel = Channels[k];
                if (channel.ResetEnd != 0 && channel.ResetEnd <= now)
                {
                    Touched = k;
                    Board.Reset(k, false);
                    channel.ResetEnd = 0;
                    _pressed--;
                }
            }
        }

        /// <summary>Brings every drive to its safe level and lets go of every reset.</summary>
        /// <returns>Number of the first channel that failed, as far as it is known which; −1 when all are safe.</returns>
        internal int MakeSafe()
        {
            SafeCount++;
            _pressed = 0;
            for (int k = 0; k < Channels.Length; k++)
            {
                // The safe level of a profile need not be code 0: the next code is written in any case.
                Channels[k].Code = -1;
                Channels[k].ResetEnd = 0;
            }

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
    }
}
