// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Channels
{
    /// <summary>
    /// A measurement of neuron channels, all at the same time: drives them, lets them settle, counts spikes and reads senses over a window.
    /// It goes on from turn to turn, so that the wire is served and the host's silence noticed meanwhile.
    /// </summary>
    internal sealed class ChannelMeasure
    {
        private readonly ChannelBank _bank;

        // In the order of the request.
        private readonly ChannelState[] _channels;
        private int _count;
        private int _next;
        private int _safeCount;
        private int _missed;
        private bool _keep;
        private bool _follow;
        private long _followStart;
        private long _windowStart;
        private long _end;

        internal ChannelMeasure(ChannelBank bank)
        {
            _bank = bank;
            _channels = new ChannelState[bank.Count];
        }

        /// <summary>Gets how far the measurement is, one of <see cref="MeasureState" />.</summary>
        internal int State { get; private set; }

        /// <summary>Gets the number of the measurement, 1 to 255; 0 before the first.</summary>
        internal int Number { get; private set; }

        internal bool IsGoing => State == MeasureState.Settling || State == MeasureState.Counting;

        /// <summary>Starts a measurement; a driver that fails throws.</summary>
        internal void Start(BoardMeasure request, long now)
        {
            Number = Number == 255 ? 1 : Number + 1;
            for (int k = 0; k < _bank.Count; k++)
            {
                _bank.Channels[k].Measured.Leave();
            }

            _bank.WatchAll();
            _count = request.Count;
            _keep = (request.Flags & BoardMeasure.Keep) != 0;
            _follow = (request.Flags & BoardMeasure.Follow) != 0;
            _safeCount = _bank.SafeCount;
            _next = 0;
            _windowStart = now + (request.Settle * 1000L);
            _followStart = now + (request.Settle * 500L);
            _end = _windowStart + (request.Window * 1000L);
            State = MeasureState.Settling;
            for (int k = 0; k < _count; k++)
            {
                ChannelState channel = _bank.Channels[request.Channels[k]];
                _channels[k] = channel;
                channel.Measured.Start(request.Codes[k]);
                _bank.Board.Follow(channel.Number, 0);
                _bank.Drive(channel, request.Codes[k]);
            }
        }

        /// <summary>Goes on with the measurement.</summary>
        internal void Turn(long now)
        {
            if (_safeCount != _bank.SafeCount)
            {
                State = MeasureState.Aborted;
                for (int k = 0; k < _count; k++)
                {
                    _bank.Board.Follow(_channels[k].Number, 0);
                }

                return;
            }

            if (State == MeasureState.Settling && now >= _windowStart)
            {
                State = MeasureState.Counting;
                _missed = _bank.Board.Missed;
                LayBaselines();
            }

            _bank.Board.Poll(now);
            CountSpikes();
            if (State == MeasureState.Counting)
            {
                SenseNext();
                if (now >= _end)
                {
                    Finish();
                }
            }
            else if (_follow && now >= _followStart)
            {
                SenseNext();
            }
        }

        /// <summary>Says how far it is.</summary>
        internal void Fill(MeasureProgress progress, long now)
        {
            progress.Number = Number;
            progress.State = State;
            progress.Left = IsGoing && now < _end ? (int)((_end - now + 999) / 1000) : 0;
        }

        /// <summary>Fills in results.</summary>
        /// <returns>False when there is no such place.</returns>
        internal bool Fill(MeasureResults results, int first)
        {
            if (first >= _count)
            {
                return false;
            }

            results.Number = Number;
            results.First = first;
            results.Count = _count - first < MeasureResults.MaxChannels ? _count - first : MeasureResults.MaxChannels;
            for (int k = 0; k < results.Count; k++)
            {
                ChannelState channel = _channels[first + k];
                results.Channels[k] = channel.Number;
                channel.Measured.Fill(results, k, channel.Range.Limit, _end - _windowStart);
                results.Missed[k] = _missed < 65535 ? _missed : 65535;
            }

            return true;
        }

        /// <summary>Fills in intervals.</summary>
        /// <returns>False when there is no such place.</returns>
        internal bool Fill(MeasureIntervals intervals, int first)
        {
            if (first >= _count)
            {
                return false;
            }

            intervals.Number = Number;
            intervals.First = first;
            intervals.Count = _count - first < MeasureIntervals.MaxChannels ? _count - first : MeasureIntervals.MaxChannels;
            for (int k = 0; k < intervals.Count; k++)
            {
                ChannelState channel = _channels[first + k];
                intervals.Channels[k] = channel.Number;
                intervals.Shortest[k] = channel.Measured.Shortest;
                intervals.Longest[k] = channel.Measured.Longest;
                intervals.Plateaus[k] = channel.Measured.Plateau;
            }

            return true;
        }

        private void CountSpikes()
        {
            while (_bank.Board.Take())
            {
                int number = _bank.Board.SpikeChannel;
                long time = _bank.Board.SpikeTime;
                if (number >= 0 && number < _bank.Count && time < _end && _bank.Channels[number].Measured.IsPart)
                {
                    _bank.Channels[number].Measured.Fired(time - _windowStart);
                }
            }
        }

        // One channel per turn: a reading costs as much as a look at all spike inputs, and these must not wait.
        private void SenseNext()
        {
            ChannelState channel = _channels[_next];
            _next = _next + 1 < _count ? _next + 1 : 0;
            if (!channel.Measured.HasRoom)
            {
                return;
            }

            int code = _bank.Sense(channel.Number);
            if (code >= 0)
            {
                channel.Measured.Read(code);
            }
        }

        private void LayBaselines()
        {
            for (int k = 0; k < _count && _follow; k++)
            {
                _bank.Board.Follow(_channels[k].Number, _channels[k].Measured.Middle);
                _channels[k].Measured.ForgetReadings();
            }
        }

        private void Finish()
        {
            State = MeasureState.Done;
            _missed = _bank.Board.Missed - _missed;
            for (int k = 0; k < _count; k++)
            {
                ChannelState channel = _channels[k];
                channel.Measured.Plateau = _bank.Board.LongestHigh(channel.Number);
                _bank.Board.Follow(channel.Number, 0);
                if (!_keep)
                {
                    _bank.Drive(channel, 0);
                }
            }
        }
    }
}
