// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Firmware.Channels
{
    /// <summary>
    /// What the spike input of a channel shows against what its drive should give: until when its next spike is expected, whether it
    /// fires without drive, and whether it fires as no neuron can.
    /// </summary>
    /// <remarks>
    /// The next spike of a channel that fired regularly is expected within one and a half of its longest intervals, as long as the
    /// drive does not fall below the one it fired at. While its rate is not known, within <see cref="PatientTime" /> where it has to
    /// fire.
    /// </remarks>
    internal sealed class SpikeWatch
    {
        /// <summary>Longest interval in µs of a neuron that is driven clearly above its onset.</summary>
        internal const int PatientTime = 300000;

        /// <summary>Spikes without drive that are no chance.</summary>
        internal const int UndrivenSpikes = 3;

        /// <summary>A thyristor neuron reaches 1 kHz; over 50 ms these are more.</summary>
        internal const int ImpossibleSpikes = 150;
        internal const int RateTime = 50000;

        /// <summary>Where the channel has to fire, and where not.</summary>
        internal readonly FiringRange Range;

        /// <summary>The code that the network asks for.</summary>
        internal int Code;

        /// <summary>Time in µs of the last spike; of the start when there was none.</summary>
        internal long Last;

        /// <summary>Spikes since the rate was last looked at.</summary>
        internal int Counted;

        /// <summary>Spikes without drive, and the time in µs of the first of them.</summary>
        internal int Undriven;
        internal long UndrivenFrom;

        // Within so long.
        private const int UndrivenTime = 1000000;

        // What is on its way through counter and loop when the drive is taken away.
        private const int GraceTime = 20000;

        // Intervals after which the rate is known.
        private const int KnownIntervals = 4;

        // So many spikes in a row at one and the same code say that it lies above the onset, where no calibration says so.
        private const int SteadySpikes = 32;

        // A longer interval is forgotten by 1/32 with each spike, so that bursts with pauses keep their pause.
        private const int ForgetShift = 5;

        private readonly LoopSlack _slack;
        private int _longest;
        private int _known;
        private int _steady;
        private int _knownAt;
        private long _knownFrom;
        private long _mustFireFrom;
        private long _silentFrom;

        internal SpikeWatch(FiringRange range, LoopSlack slack)
        {
            Range = range;
            _slack = slack;
        }

        /// <summary>Gets a value indicating whether a sound channel fires at the drive that it has, so that silence alone is a fault;
        /// not so near an onset.</summary>
        internal bool MustFire => Range.MustFire(Code) || (!Range.IsMeasured && _steady >= SteadySpikes);

        /// <summary>Prepares for a run: it has not fired, and is not driven.</summary>
        internal void Start(long now)
        {
            Code = 0;
            Last = now;
            Counted = 0;
            Undriven = 0;
            _longest = 0;
            _known = 0;
            _steady = 0;
            _knownAt = 0;
            _knownFrom = now;
            _mustFireFrom = long.MaxValue;
            _silentFrom = now;
        }

        /// <summary>Notes another drive.</summary>
        internal void Drive(int code, long now)
        {
            int change = code - Code;
            bool reaches = code >= _knownAt && change > 0 && Code < _knownAt;
            Code = code;
            _steady = change == 0 ? _steady : 0;

            if (code < _knownAt - Range.Margin)
            {
                _knownFrom = long.MaxValue;
            }
            else if (reaches || _knownFrom == long.MaxValue)
            {
                _knownFrom = now;
            }

            if (!Range.MustFire(code))
            {
                _mustFireFrom = long.MaxValue;
            }
            else if (_mustFireFrom == long.MaxValue)
            {
                _mustFireFrom = now;
            }

            if (!Range.IsSilent(code))
            {
                _silentFrom = long.MaxValue;
                Undriven = 0;
            }
            else if (_silentFrom == long.MaxValue)
            {
                _silentFrom = now;
            }
        }

        /// <summary>Notes a pulse that drives it beside its drive: until it is over, silence is not expected.</summary>
        /// <param name="end">Time in µs at which the pulse ends.</param>
        internal void Pulsed(long end)
        {
            if (_silentFrom < end)
            {
                _silentFrom = end;
                Undriven = 0;
            }
        }

        /// <summary>Lets a channel begin anew: what is expected of it counts from now on.</summary>
        internal void Restart(long now)
        {
            _knownFrom = _knownFrom == long.MaxValue ? long.MaxValue : now;
            _mustFireFrom = _mustFireFrom == long.MaxValue ? long.MaxValue : now;
        }

        /// <summary>Notes a spike.</summary>
        /// <param name="now">Time in µs at which it came.</param>
        /// <param name="regular">False for one whose interval says nothing, because the guard took the drive away meanwhile.</param>
        internal void Fired(long now, bool regular)
        {
            Counted++;
            if (_silentFrom != long.MaxValue)
            {
                if (now - _silentFrom > GraceTime)
                {
                    bool first = Undriven == 0 || (Undriven < UndrivenSpikes && now - UndrivenFrom > UndrivenTime);
                    UndrivenFrom = first ? now : UndrivenFrom;
                    Undriven = first ? 1 : Undriven + 1;
                }

                Last = now;
                return;
            }

            long interval = now - Last;
            if (Code < _knownAt - Range.Margin)
            {
                // Slower from here on, by how much is not known yet.
                _known = 0;
                _longest = 0;
            }
            else if (regular && _knownFrom <= Last && interval < PatientTime)
            {
                int faded = _longest - (_longest >> ForgetShift);
                _longest = interval > faded ? (int)interval : faded;
                _known++;
            }

            // What is known of a drive holds a little below it with more patience: one code below, near the onset, an interval may be
            // twice as long.
            _steady++;
            _knownAt = Code > _knownAt || _known == 0 ? Code : _knownAt;
            _knownFrom = now;
            Last = now;
        }

        /// <summary>Tells how long a channel may be silent at the drive that it has.</summary>
        /// <returns>Time in µs; 0 when no spike is expected, because the drive may well lie below its onset.</returns>
        internal int MostSilence()
        {
            int known = KnownSilence();
            if (_mustFireFrom == long.MaxValue || (known != 0 && KnownDue(known) < MustFireDue()))
            {
                return known;
            }

            return PatientTime;
        }

        /// <summary>Gets the time at which the next spike is overdue: by the rate that is known, or where any part fires, whichever
        /// comes first. A drive that changes all the time never lets the former come.</summary>
        /// <returns>Time in µs; long.MaxValue when none is expected.</returns>
        internal long Due()
        {
            int known = KnownSilence();
            long due = known == 0 ? long.MaxValue : KnownDue(known);
            long must = _mustFireFrom == long.MaxValue ? long.MaxValue : MustFireDue();
            return must < due ? must : due;
        }

        // A little below the drive that it fired at, and near its onset, it may be a good deal slower. 0 while its rate is not known.
        private int KnownSilence()
        {
            if (_known < KnownIntervals || _knownFrom == long.MaxValue)
            {
                return 0;
            }

            int longest = Code < _knownAt ? _longest << 1 : _longest;
            return longest + (_longest >> 1) + _slack.Time;
        }

        private long KnownDue(int silence) => (_knownFrom > Last ? _knownFrom : Last) + silence;

        private long MustFireDue() => (_mustFireFrom > Last ? _mustFireFrom : Last) + PatientTime;
    }
}
