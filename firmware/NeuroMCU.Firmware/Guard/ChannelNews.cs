// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Firmware.Log;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Guard
{
    /// <summary>What was found out about neuron channels: the last condition of each, and a short queue of news for the host.</summary>
    public sealed class ChannelNews
    {
        private const int Capacity = 32;

        private readonly DeviceLog _log;
        private readonly int[] _conditions;
        private readonly int[] _latches;
        private readonly ChannelEvent[] _queue = new ChannelEvent[Capacity];
        private int _head;
        private int _count;

        /// <summary>Initializes a new instance of the <see cref="ChannelNews" /> class.</summary>
        /// <param name="channels">Number of channels.</param>
        /// <param name="log">Where the device speaks.</param>
        public ChannelNews(int channels, DeviceLog log)
        {
            _log = log;
            _conditions = new int[channels];
            _latches = new int[channels];
            Tally = new ChannelTally(channels);
            for (int k = 0; k < Capacity; k++)
            {
                _queue[k] = new ChannelEvent();
            }
        }

        /// <summary>Gets the oldest news for the host; null when there is none.</summary>
        public ChannelEvent Oldest
        {
            get { return _count == 0 ? null : _queue[_head]; }
        }

        /// <summary>Gets the times that channels were found latched since the device started.</summary>
        public long TotalLatches { get; private set; }

        /// <summary>Gets how fast the channels fired at which drive in the last run.</summary>
        public ChannelTally Tally { get; }

        /// <summary>Gets what a channel was last found to be.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>One of <see cref="ChannelCondition" />.</returns>
        public int ConditionOf(int channel)
        {
            return _conditions[channel];
        }

        /// <summary>Gets the times that a channel was found latched since the device started.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>How often, at most 65535.</returns>
        public int LatchesOf(int channel)
        {
            return _latches[channel];
        }

        /// <summary>Takes a channel for good until something is found.</summary>
        /// <param name="channel">Number of the channel.</param>
        public void Clear(int channel)
        {
            _conditions[channel] = ChannelCondition.Good;
        }

        /// <summary>Notes what a channel was found to be, and tells it: a line of text, and an event for the host.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <param name="condition">One of <see cref="ChannelCondition" />.</param>
        /// <param name="action">One of <see cref="ChannelAction" />.</param>
        /// <param name="code">Code that it was driven with.</param>
        /// <param name="detail">Number that belongs to the condition.</param>
        /// <param name="time">Network time in µs.</param>
        public void Tell(int channel, int condition, int action, int code, int detail, long time)
        {
            _conditions[channel] = condition;
            if (condition == ChannelCondition.Latched)
            {
                TotalLatches++;
                _latches[channel] = _latches[channel] < 65535 ? _latches[channel] + 1 : 65535;
            }

            Queue(channel, condition, action, code, detail, time);
        }

        /// <summary>Notes what the board as a whole was found to be, and tells it once.</summary>
        /// <param name="condition">One of <see cref="ChannelCondition" />.</param>
        /// <param name="action">One of <see cref="ChannelAction" />.</param>
        /// <param name="time">Network time in µs.</param>
        public void Tell(int condition, int action, long time)
        {
            for (int k = 0; k < _conditions.Length; k++)
            {
                _conditions[k] = condition;
            }

            Queue(ChannelEvent.WholeBoard, condition, action, 0, 0, time);
        }

        /// <summary>Removes the oldest news.</summary>
        public void Remove()
        {
            _head = (_head + 1) % Capacity;
            _count--;
        }

        private void Queue(int channel, int condition, int action, int code, int detail, long time)
        {
            _log.WriteHere("channel " + channel.ToString() + ": condition " + condition.ToString() + ", action " + action.ToString());
            if (_count == Capacity)
            {
                // The oldest goes: the newest says what holds now. Conditions stay in BOARD_INFO.
                Remove();
            }

            ChannelEvent told = _queue[(_head + _count) % Capacity];
            told.Channel = channel;
            told.Condition = condition;
            told.Action = action;
            told.Code = code;
            told.Detail = detail;
            told.Time = time;
            _count++;
        }
    }
}
