// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hearing
{
    /// <summary>
    /// What the filters of one ear get to hear. Bands at the full rate: v[n] − v[n−2], which is zero at DC and at half the sample rate.
    /// Bands at
    /// half the rate: the difference of 4v[n] + 11v[n−1] + 11v[n−2] + 4v[n−3], whose zeros at 3.35 and 4 kHz (of 8) keep out what the lower
    /// rate would mirror into bands up to 0.9 kHz; for the envelope the difference of b[n] + 3b[n−1] + 3b[n−2] + b[n−3], where b is
    /// |v[n] − 2v[n−1] + v[n−2]|, which has its largest values at onsets.
    /// </summary>
    internal sealed class EarInput
    {
        /// <summary>Input of the bands at the full rate.</summary>
        internal readonly int[] Fine;

        /// <summary>Input of the bands of fine structure at half the rate.</summary>
        internal readonly int[] Low;

        /// <summary>Input of envelope bands, at half the rate.</summary>
        internal readonly int[] Envelope;

        private readonly int _shift;
        private int _last;
        private int _before;
        private int _lastSum;
        private int _lastBend;
        private int _bendBefore;
        private int _lastSlope;

        /// <summary>Initializes a new instance of the <see cref="EarInput" /> class.</summary>
        /// <param name="frames">Most samples per call, even.</param>
        /// <param name="shift">Left shift of the result; three less at half the rate, where the sums are larger.</param>
        internal EarInput(int frames, int shift)
        {
            Fine = new int[frames];
            Low = new int[frames / 2];
            Envelope = new int[frames / 2];
            _shift = shift;
        }

        /// <summary>Initializes a new instance of the <see cref="EarInput" /> class for the other ear.</summary>
        /// <param name="first">The first ear: its bands have heard what they get before this one takes samples, so that the two share their
        /// arrays.</param>
        internal EarInput(EarInput first)
        {
            Fine = first.Fine;
            Low = first.Low;
            Envelope = first.Envelope;
            _shift = first._shift;
        }

        /// <summary>Gets the sum of the slopes over two samples of all that was taken since
        /// <see cref="ForgetSlopes" />: how loud everything above 1 kHz is.</summary>
        internal int Slopes { get; private set; }

        /// <summary>Begins a new sum of slopes.</summary>
        internal void ForgetSlopes()
        {
            Slopes = 0;
        }

        /// <summary>Sets the past to a sample, so that what follows it is heard without a step, whatever offset the microphone
        /// has.</summary>
        internal void Settle(int sample)
        {
            _before = sample;
            _last = sample;
            _lastSum = 30 * sample;
            _lastBend = 0;
            _bendBefore = 0;
            _lastSlope = 0;
        }

        /// <summary>Takes samples, two per turn: one for each input at half the rate.</summary>
        /// <param name="samples">The samples.</param>
        /// <param name="from">Index of the first.</param>
        /// <param name="count">How many, even.</param>
        internal void Take(short[] samples, int from, int count)
        {
            int[] fine = Fine;
            int[] low = Low;
            int[] envelope = Envelope;
            int shift = _shift;
            int last = _last;
            int before = _before;
            int lastSum = _lastSum;
            int lastBend = _lastBend;
            int bendBefore = _bendBefore;
            int lastSlope = _lastSlope;
            int slopes = Slopes;
            int put = 0;
            int half = 0;
            int end = from + count;
            while (from < end)
            {
                int v = samples[from];
                int w = samples[from + 1];
                from += 2;
                int step = v - before;
                fine[put] = step << shift;
                slopes += step < 0 ? -step : step;
                step = w - last;
                fine[put + 1] = step << shift;
                slopes += step < 0 ? -step : step;
                put += 2;

                int sum = ((w + before) << 2) + ((v + last) * 11);
                low[half] = (sum - lastSum) << shift >> 3;
                lastSum = sum;

                int first = v - (last << 1) + before;
                if (first < 0)
                {
                    first = -first;
                }

                int second = w - (v << 1) + last;
                if (second < 0)
                {
                    second = -second;
                }

                int slope = second + bendBefore + ((first + lastBend) * 3);
                envelope[half] = (slope - lastSlope) << shift >> 3;
                lastSlope = slope;
                bendBefore = first;
                lastBend = second;
                half++;
                before = v;
                last = w;
            }

            Slopes = slopes;
            _last = last;
            _before = before;
            _lastSum = lastSum;
            _lastBend = lastBend;
            _bendBefore = bendBefore;
            _lastSlope = lastSlope;
        }
    }
}
