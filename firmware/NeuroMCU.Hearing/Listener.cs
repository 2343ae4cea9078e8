// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;

namespace NeuroMCU.Hearing
{
    /// <summary>
    /// Joins a front end to an engine: block after block of sound becomes injected spikes, and says how far network time may go. Finds
    /// where a sound ends and when it is to be answered, and plans which blocks of a lasting sound are heard. Whoever owns it gives
    /// sound while <see cref="Room" /> is above 0, calls <see cref="EndBlock()" /> when it is 0,
    /// and lets the engine reach <see cref="HeardUntil" /> before the next block ends.
    /// </summary>
    public sealed class Listener
    {
        private readonly NetworkEngine _engine;
        private readonly FrontEnd _frontEnd;
        private readonly int _left;
        private readonly int _right;
        private readonly int _quietBlocks;
        private readonly int _longestSound;
        private readonly int _heardEvery;
        private readonly int _spikesPerBlock;
        private readonly int _lastingSpikes;
        private readonly int _firstAnswer;
        private readonly int _answerEvery;
        private long _blockStart;
        private int _quiet;
        private int _blocks;
        private int _passed;
        private int _loudness;
        private int _untilAnswer;
        private bool _freshPart;

        /// <summary>Initializes a new instance of the <see cref="Listener" /> class.</summary>
        /// <param name="engine">The engine that gets the spikes.</param>
        /// <param name="table">The front end's part of the image.</param>
        /// <exception cref="ImageException">A parameter is out of range, or the populations do not match the bands.</exception>
        public Listener(NetworkEngine engine, HearingTable table)
        {
            _engine = engine;
            _frontEnd = new FrontEnd(table);
            PopulationTable[] populations = engine.Tables.Populations;

            // The population of the right ear has the size of the left one in every network.
            if (populations[table.Left].Size != _frontEnd.Bands)
            {
                throw new ImageException(ImageError.Index, -1);
            }

            _left = First(populations, table.Left);
            _right = First(populations, table.Right);
            _quietBlocks = table.Parameters[HearingLayout.QuietBlocks];
            _longestSound = table.Parameters[HearingLayout.LongestSound];
            _heardEvery = table.Parameters[HearingLayout.HeardEvery];
            _spikesPerBlock = table.Parameters[HearingLayout.SpikesPerBlock];
            _lastingSpikes = table.Parameters[HearingLayout.LastingSpikes];
            _firstAnswer = table.Parameters[HearingLayout.FirstAnswer];
            _answerEvery = table.Parameters[HearingLayout.AnswerEvery];
            SampleRate = table.SampleRate;
            Start(0);
        }

        /// <summary>Gets the front end.</summary>
        public FrontEnd FrontEnd => _frontEnd;

        /// <summary>Gets the sample rate in Hz.</summary>
        public int SampleRate { get; }

        /// <summary>Gets the time in µs up to which, inclusive, all spikes have been injected; the engine may run so far.</summary>
        public long HeardUntil { get; private set; }

        /// <summary>Gets the number of frames that there is room for now.</summary>
        public int Room => _frontEnd.Room;

        /// <summary>Gets a value indicating whether a sound goes on.</summary>
        public bool HearsSound { get; private set; }

        /// <summary>Gets a value indicating whether the block that ended last brought something of the sound.</summary>
        internal bool IsFresh { get; private set; }

        /// <summary>Gets a value indicating whether the sound has ended; <see cref="Forget" /> makes ready for the next.</summary>
        public bool HasEnded { get; private set; }

        /// <summary>Gets a value indicating whether the sound goes on and is to be answered for what came since <see cref="PartStart"
        /// />.</summary>
        public bool IsDue { get; private set; }

        /// <summary>Gets a value indicating whether something was heard since the last answer.</summary>
        public bool HasFreshPart => _freshPart;

        /// <summary>Gets the time in µs of the start of the block in which the sound began.</summary>
        public long SoundStart { get; private set; }

        /// <summary>Gets the time in µs of the last answer to this sound, or of its start.</summary>
        public long PartStart { get; private set; }

        /// <summary>Gets the time in µs of the end of the last block in which something was heard.</summary>
        public long LastHeard { get; private set; }

        /// <summary>Gets the number of answers to this sound while it lasted.</summary>
        public int Answers { get; private set; }

        /// <summary>Begins to listen.</summary>
        /// <param name="time">Network time in µs of the first frame.</param>
        public void Start(long time)
        {
            _frontEnd.Reset();
            _blockStart = time;
            HeardUntil = time - 1;
            LastHeard = time;
            _loudness = 0;
            _quiet = 0;
            EndSound();
        }

        /// <summary>Notes that the sound was answered for what came since <see cref="PartStart" />.</summary>
        public void NoteAnswer()
        {
            IsDue = false;
            PartStart = _blockStart;
            Answers++;
            _untilAnswer = _answerEvery;
            _freshPart = false;
        }

        /// <summary>Forgets the sound that has ended. Read-outs forget theirs at the same time.</summary>
        public void Forget()
        {
            _frontEnd.Forget();
            EndSound();
        }

        /// <summary>Closes the block, full or not, and injects its spikes. The engine has reached <see cref="HeardUntil" />.</summary>
        public void EndBlock()
        {
            EndBlock(false);
        }

        /// <summary>Closes the block.</summary>
        /// <param name="busy">True to leave it out unless it is silence: sound waits, and nothing of it is to be lost. The engine need not
        /// have reached <see cref="HeardUntil" /> then.</param>
        public void EndBlock(bool busy)
        {
            int frames = _frontEnd.Position;
            _frontEnd.Survey();
            bool hear = busy ? _frontEnd.Loudness == 0 : IsToBeHeard();
            bool lasts = HearsSound && _blocks >= _firstAnswer;
            int count = _frontEnd.EndBlock(hear, lasts ? _lastingSpikes : _spikesPerBlock);
            for (int i = 0; i < count; i++)
            {
                int first = _frontEnd.SpikeEar(i) == FrontEnd.Left ? _left : _right;
                _engine.Inject(first + _frontEnd.SpikeBand(i), _blockStart + _frontEnd.SpikeTime(i));
            }

            _blockStart += (long)_frontEnd.BlockMicroseconds * frames / _frontEnd.BlockFrames;
            HeardUntil = _blockStart - _frontEnd.Margin - 1;

            // A block with less than a spike per band belongs to no sound.
            IsFresh = count >= _frontEnd.Bands;
            if (IsFresh)
            {
                if (!HearsSound)
                {
                    HearsSound = true;
                    SoundStart = _blockStart - _frontEnd.BlockMicroseconds;
                    PartStart = SoundStart;
                    _blocks = 0;
                    _untilAnswer = _firstAnswer;
                }

                _quiet = 0;
                _freshPart = true;
                LastHeard = _blockStart;
            }
            else if (hear || _quiet > 0)
            {
                _quiet++;
            }

            _blocks++;
            HasEnded = HearsSound && (_quiet >= _quietBlocks || _blocks >= _longestSound);
            if (HearsSound && _untilAnswer > 0)
            {
                _untilAnswer--;
                IsDue = _untilAnswer == 0 && _freshPart && !HasEnded;
                if (IsDue)
                {
                    // The first block of a part is heard, so that the engine is through with it before the part is answered.
                    _passed = _heardEvery;
                }

                _untilAnswer = _untilAnswer > 0 ? _untilAnswer : _freshPart ? _answerEvery : 1;
            }
        }

        // Silence counts as heard. The first blocks of a sound are heard, up to its first answer; then, and in noise that is no sound,
        // some are
        // left out, unless they are twice as loud as the one that was heard last: something new may have begun.
        private bool IsToBeHeard()
        {
            int loudness = _frontEnd.Loudness;
            bool lasts = !HearsSound || _blocks >= _firstAnswer;
            if (lasts && loudness > 0 && loudness >> 1 <= _loudness && _passed < _heardEvery - 1)
            {
                _passed++;
                return false;
            }

            _passed = 0;
            _loudness = loudness;
            return true;
        }

        private void EndSound()
        {
            HearsSound = false;
            IsFresh = false;
            HasEnded = false;
            IsDue = false;
            Answers = 0;
            _passed = _heardEvery;
            _untilAnswer = 0;
            _freshPart = false;
        }

        private static int First(PopulationTable[] populations, int index)
        {
            int first = 0;
            for (int i = 0; i < index; i++)
            {
                first += populations[i].Size;
            }

            return first;
        }
    }
}
