// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hearing
{
    /// <summary>
    /// Finds the loudest stretch of a block, by the slopes of the sound at every second frame, and what of the block is silence. A frame
    /// costs a
    /// tenth of what it costs to filter it.
    /// </summary>
    internal sealed class LoudestStretch
    {
        // Pieces of a block that is heard whole: silence is still looked for.
        private const int WholePieces = 10;

        private readonly RestLevel _rest;
        private readonly int _lead;
        private readonly int _heard;
        private readonly int _piece;
        private readonly int[] _loudness;

        /// <summary>Initializes a new instance of the <see cref="LoudestStretch" /> class.</summary>
        /// <param name="parameters">Parameters of the front end, checked.</param>
        /// <param name="rest">Learns where the microphones rest.</param>
        internal LoudestStretch(int[] parameters, RestLevel rest)
        {
            _rest = rest;
            _lead = parameters[HearingLayout.LeadFrames];
            _heard = parameters[HearingLayout.HeardFrames];
            int block = parameters[HearingLayout.BlockFrames];
            int whole = block / WholePieces;
            _piece = _lead > 0 ? _lead : whole < 4 ? 4 : whole & ~3;
            _loudness = new int[(block / _piece) + 1];
        }

        /// <summary>Gets the first frame of the stretch within the block.</summary>
        internal int Start { get; private set; }

        /// <summary>Gets the number of frames of the stretch, a multiple of four.</summary>
        internal int Length { get; private set; }

        /// <summary>Gets the sum of the slopes in the stretch, both ears; 0 when the block is silence.</summary>
        internal int Loudness { get; private set; }

        /// <summary>Looks at a block.</summary>
        /// <param name="left">Samples of the left ear; the block begins after the lead.</param>
        /// <param name="right">Samples of the right ear.</param>
        /// <param name="frames">Frames of the block.</param>
        internal void Find(short[] left, short[] right, int frames)
        {
            frames &= ~3;
            Length = _heard < frames ? _heard : frames;
            Start = 0;
            Loudness = 0;
            int window = (Length + _piece - 1) / _piece;
            int sum = 0;
            int put = 0;
            for (int at = 0; at < frames; at += _piece)
            {
                int part = frames - at < _piece ? frames - at : _piece;
                int loudness = Measure(left, right, _lead + at, part);
                _loudness[put] = loudness;
                sum += loudness;
                sum -= put >= window ? _loudness[put - window] : 0;
                put++;
                if (sum > Loudness)
                {
                    Loudness = sum;
                    int start = put * _piece < Length ? 0 : (put * _piece) - Length;
                    Start = start + Length > frames ? frames - Length : start;
                }
            }
        }

        private int Measure(short[] left, short[] right, int from, int count)
        {
            if (_rest.IsSilent(left, from, count) && _rest.IsSilent(right, from, count))
            {
                _rest.Settle(left[from + count - 1], right[from + count - 1]);
                return 0;
            }

            _rest.Disturb();
            int loudness = 1;
            int end = from + count;
            int before = left[from];
            int beside = right[from];
            for (int i = from + 2; i < end; i += 2)
            {
                int v = left[i];
                int slope = v - before;
                before = v;
                loudness += slope < 0 ? -slope : slope;
                v = right[i];
                slope = v - beside;
                beside = v;
                loudness += slope < 0 ? -slope : slope;
            }

            return loudness;
        }
    }
}
