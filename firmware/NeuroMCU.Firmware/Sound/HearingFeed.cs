// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Engine;
using NeuroMCU.Firmware.Network;
using NeuroMCU.Firmware.Outputs;
using NeuroMCU.Hardware.Microphones;
using NeuroMCU.Hearing;

namespace NeuroMCU.Firmware.Sound
{
    /// <summary>
    /// Feeds the sound of the microphones to the network's front end, block by block, and says how far network time may go. Sound that
    /// was lost counts as silence of the same length, so that the time base holds.
    /// </summary>
    internal sealed class HearingFeed
    {
        private const long StallLimit = 1000000;

        // Places of the buffer that are left for what comes in while a block is filtered; what the driver brings at a time may wait all the
        // same.
        private const int HeadroomFrames = 600;
        private const int LeastBusyFrames = 256;

        // Frames passed on per turn, even, so that the microphones and the wire get their share. A block that is closed ends the turn's
        // share.
        private const int FramesPerTurn = 256;

        private readonly IMicrophonePair _microphones;
        private readonly ReadoutWatch _readouts;
        private readonly int _bufferFrames;
        private readonly int _busyFrames;
        private readonly short[] _left;
        private readonly short[] _right;
        private NetworkEngine _engine;
        private Listener _listener;
        private bool _started;
        private bool _ended;
        private SoundBuffer _buffer;
        private long _position;
        private long _lastBlock;

        /// <summary>Initializes a new instance of the <see cref="HearingFeed" /> class.</summary>
        /// <param name="microphones">The microphones; null when the board has none.</param>
        /// <param name="readouts">The read-outs, which answer when a sound has ended.</param>
        /// <param name="bufferFrames">Frames that may wait for the front end.</param>
        internal HearingFeed(IMicrophonePair microphones, ReadoutWatch readouts, int bufferFrames)
        {
            _bufferFrames = bufferFrames;
            _busyFrames = bufferFrames - HeadroomFrames;
            _busyFrames = _busyFrames < LeastBusyFrames ? LeastBusyFrames : _busyFrames;
            _microphones = microphones;
            _readouts = readouts;
            int frames = microphones == null ? 0 : microphones.BlockFrames;
            _left = new short[frames];
            _right = new short[frames];
        }

        /// <summary>Gets the network time in µs up to which all sound has been heard; long.MaxValue when the network does not
        /// listen.</summary>
        internal long HeardUntil => _started ? _listener.HeardUntil : long.MaxValue;

        /// <summary>Gets the clock time in µs at which the next block of sound is complete; long.MaxValue when there is none.</summary>
        internal long NextBlockTime => _started ? _microphones.NextBlockTime : long.MaxValue;

        /// <summary>Gets by how much, in µs, network time lies behind the clock when nothing is late: a block of the front end and one
        /// of the microphones.</summary>
        internal long Latency { get; private set; }

        /// <summary>Gets the number of sample pairs that were read since start.</summary>
        internal long Frames { get; private set; }

        /// <summary>Gets the number of samples that went through a filter, each band of each ear counted; silence costs none.</summary>
        internal long BandSamples => _listener == null ? 0 : _listener.FrontEnd.BandSamples;

        /// <summary>Gets the number of sample pairs that were lost in this run because they were read, or worked through, too
        /// late.</summary>
        internal long Lost => _buffer == null ? 0 : _microphones.Lost + _buffer.Overrun;

        /// <summary>Gets the number of sample pairs of this run that were no silence.</summary>
        internal long SoundFrames { get; private set; }

        /// <summary>Gets the number of those that were listened to; the others were left out by plan.</summary>
        internal long SoundHeard { get; private set; }

        // Sound that was read and still waits for the engine.
        private bool IsPending => _buffer.Contiguous > 0 || _buffer.Gap > 0;

        /// <summary>Prepares for a network.</summary>
        /// <param name="network">The network; null for none.</param>
        internal void Bind(LoadedNetwork network)
        {
            _engine = network == null ? null : network.Engine;
            _listener = network == null ? null : network.Listener;
            if (_listener != null && _microphones != null && _buffer == null)
            {
                _buffer = new SoundBuffer(_bufferFrames);
            }
        }

        /// <summary>Starts the microphones when the network listens.</summary>
        /// <param name="time">Network time in µs of the first sample.</param>
        /// <returns>False when the board cannot deliver what the network wants to hear.</returns>
        internal bool Start(long time, long now)
        {
            if (_listener == null)
            {
                return true;
            }

            if (_microphones == null)
            {
                return false;
            }

            try
            {
                _microphones.Start(_listener.SampleRate);
            }
#pragma warning disable CA1031 // A rate that the board lacks, a pin in use: whatever the driver throws, there is no sound.
            catch (Exception)
#pragma warning restore CA1031
            {
                return false;
            }

            _listener.Start(time);
            _started = true;
            _ended = false;
            _buffer.Clear();
            SoundFrames = 0;
            SoundHeard = 0;
            _position = 0;
            _lastBlock = now;
            Latency = _listener.FrontEnd.BlockMicroseconds + (_microphones.BlockFrames * 1000000L / _listener.SampleRate);
            return true;
        }

        /// <summary>Stops the microphones.</summary>
        /// <param name="answer">True to answer a sound that was going on as far as it was heard.</param>
        internal void Stop(bool answer)
        {
            if (!_started)
            {
                return;
            }

            _started = false;
            if (answer && _listener.HearsSound)
            {
                Answer();
            }

            _microphones.Stop();
        }

        /// <summary>Tells whether the microphones have given nothing for so long that they must be broken.</summary>
        internal bool IsStalled(long now) => _started && now - _lastBlock > StallLimit;

        /// <summary>Reads a block of sound when one is complete and passes it on as far as the engine keeps up.</summary>
        /// <returns>True when sound was passed on.</returns>
        internal bool Listen(long now)
        {
            if (!_started)
            {
                return false;
            }

            Settle();
            Capture(now);
            bool passed = false;
            int left = FramesPerTurn;
            while (left > 0 && IsPending && _listener.Room > 0)
            {
                left -= Pass(left);
                passed = true;
            }

            return passed;
        }

        /// <summary>Closes a full block, and answers a sound that has ended, once the engine has come so far.</summary>
        /// <returns>True when something was done.</returns>
        internal bool Settle()
        {
            if (!_started)
            {
                return false;
            }

            return _listener.Room == 0 ? CloseBlock() : AnswerWhenReady();
        }

        // A turn may take as long as several blocks of the microphones last. What finds no room stays with the driver for now: blocks are
        // left out by plan before that overflows too.
        private void Capture(long now)
        {
            int most = _bufferFrames;
            while (most > 0)
            {
                if (_buffer.Room < _left.Length)
                {
                    // Nothing was asked for, which is no silence of the microphones.
                    _lastBlock = now;
                    return;
                }

                int count = _microphones.Read(_left, _right) & ~1;
                if (count == 0)
                {
                    return;
                }

                Keep(count, now);
                most -= count;
            }
        }

        private void Keep(int count, long now)
        {
            long missed = (_microphones.Position - count - _position) & ~1L;
            if (missed > 0)
            {
                _buffer.Miss(missed);
            }

            _buffer.Add(_left, _right, count);
            _position = _microphones.Position;
            _lastBlock = now;
            Frames += count;
        }

        // Returns how much of the turn's share it took; silence that stands for lost sound uses none.
        private int Pass(int most)
        {
            int part = _listener.Room;
            if (_buffer.Contiguous == 0)
            {
                part = _buffer.Gap < part ? (int)_buffer.Gap : part;
                _listener.FrontEnd.Skip(part);
                _buffer.ClosePart(part);
                return 0;
            }

            part = part < most ? part : most;
            part = part < _buffer.Contiguous ? part : _buffer.Contiguous;
            _listener.FrontEnd.Feed(_buffer.Left, _buffer.Right, _buffer.Head, part);
            _buffer.Remove(part);
            return part;
        }

        // While so much waits that the next block could be lost, blocks are left out by plan: these give the engine nothing to do, so that
        // they need not wait for it. Only an answer to a sound that has ended comes first, since it forgets what was heard.
        private bool CloseBlock()
        {
            bool busy = !_ended && _buffer.Count > _busyFrames;
            bool ready = _engine.HasReached(_listener.HeardUntil);
            if (!ready && !busy)
            {
                return false;
            }

            if (ready)
            {
                AnswerWhenReady();
            }

            long sound = _listener.FrontEnd.SoundFrames;
            long heard = _listener.FrontEnd.HeardFrames;
            _listener.EndBlock(busy);
            SoundFrames += _listener.FrontEnd.SoundFrames - sound;
            SoundHeard += _listener.FrontEnd.HeardFrames - heard;
            _readouts.ForgetOnsets();
            _ended = _listener.HasEnded;
            return true;
        }

        private bool AnswerWhenReady()
        {
            if ((!_ended && !_listener.IsDue) || !_engine.HasReached(_listener.HeardUntil))
            {
                return false;
            }

            if (_ended)
            {
                Answer();
            }
            else
            {
                _readouts.AnswerPart(_listener.PartStart, _listener.LastHeard - _listener.PartStart);
                _listener.NoteAnswer();
            }

            return true;
        }

        // A sound that was answered while it lasted is answered as a whole when more than that was heard of it; where the whole is
        // unsure, as of
        // a sound that moved, only for what came since the last answer.
        private void Answer()
        {
            _ended = false;
            if (_listener.Answers != 1 || _listener.HasFreshPart)
            {
                long span = _listener.LastHeard - _listener.SoundStart;
                bool isSure = _readouts.AnswerSound(_listener.SoundStart, span, _listener.Answers > 0);
                if (!isSure && _listener.Answers > 0 && _listener.HasFreshPart)
                {
                    _readouts.AnswerPart(_listener.PartStart, _listener.LastHeard - _listener.PartStart);
                }
            }

            _readouts.ForgetSound();
            _listener.Forget();
        }
    }
}
