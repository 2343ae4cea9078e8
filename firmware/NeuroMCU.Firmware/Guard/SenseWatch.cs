// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Firmware.Guard
{
    /// <summary>What the sense of each channel shows, from single readings: nothing, a steady current, spikes, or that it is broken itself.</summary>
    /// <remarks>
    /// What is sensed is the voltage over the load. A sound neuron leaks more and more until it fires, for a fraction of a millisecond shows
    /// its spike, and begins anew: between two spikes the voltage never falls. A thyristor that is on, or shorted, shows drive times
    /// load, always the same. So does a neuron below its onset; the two cannot be told by looking.
    /// </remarks>
    public sealed class SenseWatch
    {
        /// <summary>Codes above its reading without drive at which a channel conducts: some 12 mV, above offset and noise.</summary>
        public const int OnRise = 16;

        /// <summary>Above the level of a thyristor that is on: the voltage of a spike, some 0.25 V.</summary>
        public const int SpikeRise = 320;

        /// <summary>A reading without drive above this, some 0.2 V, does not come from a neuron: the sense's wire is open.</summary>
        public const int MostOffset = 250;

        // Steady: so many readings, over a time longer than a discharge with its release, all of them the same but for noise.
        private const int SteadyReadings = 6;
        private const int SteadyTime = 5000;

        // Of an unseen spike the sense shows the spike itself, or that the leak begins anew.
        private const int UnseenSpikes = 2;
        private const int UnseenDrops = 3;

        // Readings without anything that leave no doubt: where the leak between two spikes shows, and where only the spikes themselves do.
        private const int FewReadings = 24;
        private const int ManyReadings = 240;
        private const int LeakShows = 12;
        private const int MostLeak = 24;

        // Looks all of whose readings were at the voltage of a spike, less two for each other one: a spike lasts for 1/25 of an interval.
        private const int OpenLooks = 12;

        // Falls without a spike, by more than the noise of the ESP32's converter. One is forgotten after so many readings without.
        private const int NoiseBand = 24;
        private const int NoisyFalls = 4;
        private const int ForgetReadings = 256;

        private readonly int[] _offset;
        private readonly bool[] _blind;
        private readonly int[] _last;
        private readonly int[] _lowest;
        private readonly int[] _highest;
        private readonly int[] _run;
        private readonly long[] _runFrom;
        private readonly int[] _nothing;
        private readonly int[] _spikes;
        private readonly int[] _readings;
        private readonly int[] _sum;
        private readonly int[] _drops;
        private readonly int[] _leak;
        private readonly int[] _open;
        private readonly int[] _falls;
        private readonly int[] _calm;
        private readonly bool[] _fell;

        /// <summary>Initializes a new instance of the <see cref="SenseWatch" /> class.</summary>
        /// <param name="channels">Number of channels.</param>
        public SenseWatch(int channels)
        {
            _offset = new int[channels];
            _blind = new bool[channels];
            _last = new int[channels];
            _lowest = new int[channels];
            _highest = new int[channels];
            _run = new int[channels];
            _runFrom = new long[channels];
            _nothing = new int[channels];
            _spikes = new int[channels];
            _readings = new int[channels];
            _sum = new int[channels];
            _drops = new int[channels];
            _leak = new int[channels];
            _open = new int[channels];
            _falls = new int[channels];
            _calm = new int[channels];
            _fell = new bool[channels];
        }

        /// <summary>Prepares a channel for a run.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <param name="offset">What it reads without drive.</param>
        public void Start(int channel, int offset)
        {
            _offset[channel] = offset;
            _blind[channel] = false;
            _open[channel] = 0;
            _falls[channel] = 0;
            _calm[channel] = 0;
            _leak[channel] = 0;
            Forget(channel);
        }

        /// <summary>Notes that a channel is driven less: what is read next may be lower without a spike.</summary>
        /// <param name="channel">Number of the channel.</param>
        public void Lower(int channel)
        {
            _last[channel] = -1;
            _run[channel] = 0;
            _fell[channel] = false;
        }

        /// <summary>Forgets what was read of a channel: it has fired.</summary>
        /// <param name="channel">Number of the channel.</param>
        public void Forget(int channel)
        {
            _last[channel] = -1;
            _run[channel] = 0;
            _nothing[channel] = 0;
            _spikes[channel] = 0;
            _readings[channel] = 0;
            _sum[channel] = 0;
            _drops[channel] = 0;
            _fell[channel] = false;
        }

        /// <summary>Believes a channel's sense no more.</summary>
        /// <param name="channel">Number of the channel.</param>
        public void Blind(int channel)
        {
            _blind[channel] = true;
            Forget(channel);
        }

        /// <summary>Tells whether a channel's sense is not to be believed.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>True when it is not.</returns>
        public bool IsBlind(int channel)
        {
            return _blind[channel];
        }

        /// <summary>Takes a reading.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <param name="code">Code of its converter.</param>
        /// <param name="now">Time in µs.</param>
        /// <param name="suspect">True when its spikes are looked for, which the spike input may not see.</param>
        /// <param name="noise">True when a fall counts as noise: the reading follows the last one at once, and the channel has its rhythm or no drive.</param>
        public void Take(int channel, int code, long now, bool suspect, bool noise)
        {
            int rise = code - _offset[channel];
            int before = _last[channel];
            if (++_calm[channel] >= ForgetReadings)
            {
                _calm[channel] = 0;
                _falls[channel] -= _falls[channel] > 0 ? 1 : 0;
            }

            bool fell = before < SpikeRise && rise < before - NoiseBand;
            _drops[channel] += fell && suspect ? 1 : 0;
            _fell[channel] |= fell && noise;
            _last[channel] = rise;
            _readings[channel]++;
            if (rise > SpikeRise)
            {
                _spikes[channel]++;
                _run[channel] = 0;
                return;
            }

            _sum[channel] += rise;
            if (rise <= OnRise)
            {
                _nothing[channel]++;
                _run[channel] = 0;
                return;
            }

            int lowest = _run[channel] == 0 || rise < _lowest[channel] ? rise : _lowest[channel];
            int highest = _run[channel] == 0 || rise > _highest[channel] ? rise : _highest[channel];
            if (highest - lowest > NoiseBand + (highest >> 3))
            {
                _run[channel] = 0;
                lowest = rise;
                highest = rise;
            }

            _runFrom[channel] = _run[channel] == 0 ? now : _runFrom[channel];
            _run[channel]++;
            _lowest[channel] = lowest;
            _highest[channel] = highest;
        }

        /// <summary>Ends a look of one reading or several in a row.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <param name="discharge">True right after a spike: a fall may be its discharge.</param>
        public void EndLook(int channel, bool discharge)
        {
            _open[channel] = _last[channel] > SpikeRise ? _open[channel] + 1 : _open[channel] > 2 ? _open[channel] - 2 : 0;
            _fell[channel] &= !discharge;
        }

        /// <summary>Counts a fall that was read before the spike inputs were looked at last: no spike came that would explain it.</summary>
        /// <param name="channel">Number of the channel.</param>
        public void Confirm(int channel)
        {
            if (_fell[channel])
            {
                _falls[channel]++;
                _calm[channel] = 0;
                _fell[channel] = false;
            }
        }

        /// <summary>Notes whether the channel leaked when it was read between two of its spikes.</summary>
        /// <param name="channel">Number of the channel.</param>
        public void NoteLeak(int channel)
        {
            int change = _last[channel] > OnRise && _last[channel] < SpikeRise ? 3 : -1;
            int after = _leak[channel] + change;
            _leak[channel] = after < 0 ? 0 : after > MostLeak ? MostLeak : after;
        }

        /// <summary>Gets the newest reading above the one without drive.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>Codes; −1 without one.</returns>
        public int LastOf(int channel)
        {
            return _last[channel];
        }

        /// <summary>Gets the number of readings since they were forgotten.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>0 or more.</returns>
        public int ReadingsOf(int channel)
        {
            return _readings[channel];
        }

        /// <summary>Tells whether the same current flows all the time.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <param name="now">Time in µs.</param>
        /// <returns>True when it does.</returns>
        public bool IsSteady(int channel, long now)
        {
            return _run[channel] >= SteadyReadings && now - _runFrom[channel] >= SteadyTime;
        }

        /// <summary>Gets the mean of the readings below the voltage of a spike.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>Codes above the reading without drive.</returns>
        public int MeanOf(int channel)
        {
            int count = _readings[channel] - _spikes[channel];
            return count == 0 ? 0 : _sum[channel] / count;
        }

        /// <summary>Tells whether no reading showed anything.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <param name="readings">At least so many.</param>
        /// <returns>True when there were so many, and none showed a current or a spike.</returns>
        public bool ShowsNothing(int channel, int readings)
        {
            return _nothing[channel] >= readings && _nothing[channel] == _readings[channel];
        }

        /// <summary>Tells whether there were so many readings that an unseen spike would have shown.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>True when there were.</returns>
        public bool IsSure(int channel)
        {
            return _readings[channel] >= (_leak[channel] >= LeakShows ? FewReadings : ManyReadings);
        }

        /// <summary>Tells whether the channel's spikes show on its sense.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>True after two readings at the voltage of a spike and more that are below, or when the leak fell three times.</returns>
        public bool ShowsSpikes(int channel)
        {
            return (_spikes[channel] >= UnseenSpikes && _readings[channel] > 2 * _spikes[channel]) || _drops[channel] >= UnseenDrops;
        }

        /// <summary>Tells whether the readings stay at the voltage of a spike, as without a wire.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>True when they do.</returns>
        public bool IsOpen(int channel)
        {
            return _open[channel] >= OpenLooks;
        }

        /// <summary>Tells whether the readings fall again and again without a spike, as only noise does.</summary>
        /// <param name="channel">Number of the channel.</param>
        /// <returns>True when they do.</returns>
        public bool IsNoisy(int channel)
        {
            return _falls[channel] >= NoisyFalls;
        }
    }
}
