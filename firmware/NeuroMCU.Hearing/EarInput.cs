// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hearing
{
    /// <summary>
    /// What the filters of one ear get to hear: v[n] − v[n−2] for the fine structure (zero at DC and at half the sample rate), and the
    /// same difference of |v[n] − 2v[n−1] + v[n−2]| / 2 for the envelope, which has its largest values at onsets.
    /// </summary>
    internal sealed class EarInput
    {
        /// <summary>Input of the bands of fine structure.</summary>
        internal readonly int[] Fine;

        /// <summary>Input of envelope bands.</summary>
        internal readonly int[] Envelope;

        private readonly int _shift;
        private int _last;
        private int _before;
        private int _lastBend;
        private int _bendBefore;

        /// <summary>Initializes a new instance of the <see cref="EarInput" /> class.</summary>
        internal EarInput(int frames, int shift)
        {
            Fine = new int[frames];
            Envelope = new int[frames];
            _shift = shift;
        }

        /// <summary>Sets the past to these samples, so that what follows them is heard without a step, whatever offset the microphone
        /// has.</summary>
        internal void Follow(int before, int last)
        {
            _before = before;
            _last = last;
            _lastBend = 0;
            _bendBefore = 0;
        }

        /// <summary>Takes samples, two per turn: the two variables of each delay line swap roles, which saves moving them.</summary>
        internal void Take(short[] samples, int from, int count)
        {
            int[] fine = Fine;
            int[] envelope = Envelope;
            int shift = _shift;
            int last = _last;
            int before = _before;
            int lastBend = _lastBend;
            int bendBefore = _bendBefore;
            int i = 0;
            while (i < count)
            {
                int v = samples[from + i];
                fine[i] = (v - before) << shift;
                int bend = v - (last << 1) + before;
                if (bend < 0)
                {
                    bend = -bend;
                }

                before = v;
                bend >>= 1;
                envelope[i] = (bend - bendBefore) << shift;
                bendBefore = bend;
                i++;

                v = samples[from + i];
                fine[i] = (v - last) << shift;
                bend = v - (before << 1) + last;
                if (bend < 0)
                {
                    bend = -bend;
                }

                last = v;
                bend >>= 1;
                envelope[i] = (bend - lastBend) << shift;
                lastBend = bend;
                i++;
            }

            _last = last;
            _before = before;
            _lastBend = lastBend;
            _bendBefore = bendBefore;
        }
    }
}
