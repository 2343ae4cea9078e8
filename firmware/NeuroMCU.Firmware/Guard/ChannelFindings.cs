// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Firmware.Channels;
using NeuroMCU.Firmware.Log;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Guard
{
    /// <summary>What was found out about neuron channels: the last condition of each, and a short queue of events for the host.</summary>
    internal sealed class ChannelFindings
    {
        /// <summary>Network time in µs that the next finding gets.</summary>
        internal long Time;

        // Events that may wait on a board with channels; one without has at most something to say of the board as a whole.
        private const int Capacity = 32;
        private const int CapacityWithout = 2;
        private const int MostLatches = 65535;

        private readonly ChannelState[] _channels;
        private readonly DeviceLog _log;
        private readonly ChannelEvent[] _queue;
        private int _head;
        private int _count;

        internal ChannelFindings(ChannelState[] channels, DeviceLog log)
        {
            _channels = channels;
            _log = log;
            _queue = new ChannelEvent[channels.Length == 0 ? CapacityWithout : Capacity];
            for (int k = 0; k < _queue.Length; k++)
            {
                _queue[k] = new ChannelEvent();
            }
        }

        /// <summary>Gets the oldest event for the host; null when there is none.</summary>
        internal ChannelEvent Oldest => _count == 0 ? null : _queue[_head];

        /// <summary>Gets the times that channels were found latched since the device started.</summary>
        internal long TotalLatches { get; private set; }

        /// <summary>Notes what a channel was found to be, and reports it: a line of text, and an event for the host.</summary>
        /// <param name="condition">One of <see cref="ChannelCondition" />.</param>
        /// <param name="action">One of <see cref="ChannelAction" />.</param>
        internal void Report(ChannelState channel, int condition, int action, int code, int detail)
        {
            channel.Condition = condition;
            if (condition == ChannelCondition.Latched)
            {
                TotalLatches++;
                channel.TotalLatches = channel.TotalLatches < MostLatches ? channel.TotalLatches + 1 : MostLatches;
            }

            Queue(channel.Number, condition, action, code, detail);
        }

        /// <summary>Notes what the board as a whole was found to be, and reports it once.</summary>
        /// <param name="condition">One of <see cref="ChannelCondition" />.</param>
        /// <param name="action">One of <see cref="ChannelAction" />.</param>
        internal void Report(int condition, int action)
        {
            for (int k = 0; k < _channels.Length; k++)
            {
                _channels[k].Condition = condition;
            }

            Queue(ChannelEvent.WholeBoard, condition, action, 0, 0);
        }

        /// <summary>Removes the oldest event.</summary>
        internal void Remove()
        {
            _head = (_head + 1) % _queue.Length;
            _count--;
        }

        private void Queue(int channel, int condition, int action, int code, int detail)
        {
            _log.WriteHere("channel " + channel.ToString() + ": condition " + condition.ToString() + ", action " + action.ToString());
            if (_count == _queue.Length)
            {
                // The oldest goes: the newest says what holds now. Conditions stay in BOARD_INFO.
                Remove();
            }

            ChannelEvent added = _queue[(_head + _count) % _queue.Length];
            added.Channel = channel;
            added.Condition = condition;
            added.Action = action;
            added.Code = code;
            added.Detail = detail;
            added.Time = Time;
            _count++;
        }
    }
}
