// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hearing
{
    /// <summary>
    /// One band of one ear: two resonators in a row, and the upward zero crossings of what comes out. A crossing counts when its distance
    /// from the one before fits the band (which keeps out what leaks in from strong sounds elsewhere) and the trough before it is at
    /// least a quarter of the deepest one heard.
    /// </summary>
    /// <remarks>
    /// y[n] = x[n] + c1·y[n−1] − c2·y[n−2], coefficients in Q7, all shifts downwards; products stay below 30 bits for 16-bit sound.
    /// This loop runs 96 000 times a second at six bands and 8 kHz and is nearly all that hearing costs an interpreter, hence its form:
    /// everything in locals, two samples per turn so that the state variables swap roles instead of being moved. Two samples hold at
    /// most one upward crossing, which is dealt with once at the end of the turn.
    /// </remarks>
    internal sealed class EarBand
    {
        /// <summary>Bits of the fraction in <see cref="Places" />.</summary>
        internal const int FractionBits = 11;

        /// <summary>Largest number of crossings kept per block.</summary>
        internal const int MaxCrossings = 256;

        // Far enough in the past that no band counts it as the crossing before.
        private const int Never = -100000;
        private const int MaxSwing = 1 << 20;

        /// <summary>Index of the sample after each crossing, and how far before it the crossing lies: index &lt;&lt; 11 | fraction of
        /// 1024 from the sample before.</summary>
        internal readonly int[] Places;

        /// <summary>Depth of the trough before each crossing.</summary>
        internal readonly int[] Depths;

        private readonly int[] _parameters;
        private readonly int _at;
        private int _a1;
        private int _a2;
        private int _b1;
        private int _b2;
        private int _trough;
        private int _last;

        /// <summary>Initializes a new instance of the <see cref="EarBand" /> class.</summary>
        /// <param name="parameters">Parameters of the front end, checked.</param>
        /// <param name="at">Index of the band's record.</param>
        internal EarBand(int[] parameters, int at)
        {
            _parameters = parameters;
            _at = at;
            int capacity = Capacity(parameters, at);
            Places = new int[capacity];
            Depths = new int[capacity];
            Reset();
        }

        /// <summary>Most crossings of a band that count in a block: those of the stretch that is heard.</summary>
        /// <param name="parameters">Parameters of the front end, checked.</param>
        /// <param name="at">Index of the band's record.</param>
        internal static int Capacity(int[] parameters, int at)
        {
            int frames = parameters[HearingLayout.HeardFrames] >> parameters[at + HearingLayout.Halvings];
            int most = (frames / parameters[at + HearingLayout.ShortestInterval]) + 2;
            return most < MaxCrossings ? most : MaxCrossings;
        }

        /// <summary>Gets by how many halvings the band's rate lies below that of the samples, 0 or 1.</summary>
        internal int Halvings => _parameters[_at + HearingLayout.Halvings];

        /// <summary>Gets a value indicating whether the band hears the envelope.</summary>
        internal bool IsEnvelope => _parameters[_at + HearingLayout.Envelope] != 0;

        /// <summary>Gets or sets the depth of the deepest trough heard.</summary>
        internal int Peak { get; set; }

        /// <summary>Gets the number of crossings kept in this block.</summary>
        internal int Count { get; private set; }

        /// <summary>Goes back to the beginning.</summary>
        internal void Reset()
        {
            Peak = 0;
            Count = 0;
            Settle();
        }

        /// <summary>Lets the resonators come to rest, and forgets the crossing before.</summary>
        internal void Settle()
        {
            _last = Never;
            _a1 = 0;
            _a2 = 0;
            _b1 = 0;
            _b2 = 0;
            _trough = 0;
        }

        /// <summary>Begins the next block.</summary>
        /// <param name="frames">Length of the block that has passed.</param>
        internal void NextBlock(int frames)
        {
            Count = 0;
            _last = _last < Never ? Never : _last - (frames >> Halvings);
        }

        /// <summary>Filters a piece of sound.</summary>
        /// <param name="input">The band's input.</param>
        /// <param name="frames">Number of samples at the full rate; even at the band's.</param>
        /// <param name="start">Index of the first of them within the block; negative before it.</param>
        /// <param name="heard">Index of the first of them whose crossings count: before it the resonators get into their stride.</param>
        internal void Run(int[] input, int frames, int start, int heard)
        {
            int[] parameters = _parameters;
            int at = _at;
            int halvings = parameters[at + HearingLayout.Halvings];
            int count = frames >> halvings;
            int first = start >> halvings;
            int settled = (heard - start) >> halvings;
            int firstPole = parameters[at + HearingLayout.FirstPole];
            int secondPole = parameters[at + HearingLayout.SecondPole];
            int radius = parameters[at + HearingLayout.Radius];
            int shift = parameters[at + HearingLayout.Shift];
            int a1 = _a1;
            int a2 = _a2;
            int b1 = _b1;
            int b2 = _b2;
            int trough = _trough;
            int last = _last - first;
            int peak = Peak;
            int floor = parameters[HearingLayout.Floor];
            int shortest = parameters[at + HearingLayout.ShortestInterval];
            int longest = parameters[at + HearingLayout.LongestInterval];
            int found = Count;
            int crossing = 0;
            int before = 0;
            int swing = 0;
            int i = 0;
            while (i < count)
            {
                a2 = input[i] + (((firstPole * a1) - (radius * a2)) >> HearingLayout.CoefficientBits);
                b2 = (a2 >> shift) + (((secondPole * b1) - (radius * b2)) >> HearingLayout.CoefficientBits);
                if (b1 < 0)
                {
                    if (b2 >= 0)
                    {
                        crossing = i;
                        before = -b1;
                        swing = b2 - b1;
                    }
                    else if (b2 < trough)
                    {
                        trough = b2;
                    }
                }

                a1 = input[i + 1] + (((firstPole * a2) - (radius * a1)) >> HearingLayout.CoefficientBits);
                b1 = (a1 >> shift) + (((secondPole * b2) - (radius * b1)) >> HearingLayout.CoefficientBits);
                if (b2 < 0)
                {
                    if (b1 >= 0)
                    {
                        crossing = i + 1;
                        before = -b2;
                        swing = b1 - b2;
                    }
                    else if (b1 < trough)
                    {
                        trough = b1;
                    }
                }

                i += 2;
                if (swing != 0)
                {
                    int depth = -trough;
                    int interval = crossing - last;
                    trough = 0;
                    last = crossing;
                    if (interval >= shortest && interval <= longest && crossing >= settled)
                    {
                        if (depth > peak)
                        {
                            peak = depth;
                        }

                        if (depth >= floor && depth >= peak >> 2 && found < Places.Length)
                        {
                            while (swing >= MaxSwing)
                            {
                                before >>= 1;
                                swing >>= 1;
                            }

                            Places[found] = ((first + crossing) << FractionBits) | ((before << 10) / swing);
                            Depths[found] = depth;
                            found++;
                        }
                    }

                    swing = 0;
                }
            }

            _a1 = a1;
            _a2 = a2;
            _b1 = b1;
            _b2 = b2;
            _trough = trough;
            _last = last + first;
            Peak = peak;
            Count = found;
        }
    }
}
