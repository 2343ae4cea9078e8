// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Firmware.Channels
{
    /// <summary>What the sense of a channel shows, from single readings: nothing, a steady current, spikes, or that it is broken
    /// itself.</summary>
    /// <remarks>
    /// What is sensed is the voltage over the load. A sound neuron leaks more and more until it fires, for a fraction of a millisecond
    /// shows its spike, and begins anew: between two spikes the voltage never falls. A thyristor that is on, or shorted, shows drive
    /// times load, always the same. So does a neuron below its onset; looking does not tell them apart.
    /// </remarks>
    internal sealed class SenseWatch
    {
        /// <summary>Codes above its reading without drive at which a channel conducts: some 12 mV, above offset and noise.</summary>
        internal const int OnRise = 16;

        /// <summary>Above the level of a thyristor that is on: the voltage of a spike, some 0.25 V.</summary>
        internal const int SpikeRise = 320;

        /// <summary>A reading without drive above this, some 0.2 V, does not come from a neuron: the sense's wire is open.</summary>
        internal const int MostOffset = 250;

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

        /// <summary>True when what it senses means nothing: it threw, is open or noisy.</summary>
        internal bool IsBlind;

        /// <summary>The newest reading above the one without drive, in codes; −1 without one.</summary>
        internal int Last;

        /// <summary>Readings since they were forgotten.</summary>
        internal int Readings;

        /// <summary>True after a fall that no spike has explained so far.</summary>
        internal bool Fell;

        private int _offset;
        private int _lowest;
        private int _highest;
        private int _run;
        private long _runFrom;
        private int _nothing;
        private int _spikes;
        private int _sum;
        private int _drops;
        private int _leak;
        private int _open;
        private int _falls;
        private int _calm;

        /// <summary>Prepares for a run.</summary>
        internal void Start(int offset)
        {
            _offset = offset;
            IsBlind = false;
            _open = 0;
            _falls = 0;
            _calm = 0;
            _leak = 0;
            Forget();
        }

        /// <summary>Notes that the channel is driven less: what is read next may be lower without a spike.</summary>
        internal void Lower()
        {
            Last = -1;
            _run = 0;
            Fell = false;
        }

        /// <summary>Forgets what was read: the channel has fired.</summary>
        internal void Forget()
        {
            Last = -1;
            _run = 0;
            _nothing = 0;
            _spikes = 0;
            Readings = 0;
            _sum = 0;
            _drops = 0;
            Fell = false;
        }

        /// <summary>Reads nothing more into this sense.</summary>
        internal void Blind()
        {
            IsBlind = true;
            Forget();
        }

        /// <summary>Adds a reading.</summary>
        /// <param name="suspect">True when its spikes are looked for, which the spike input may not see.</param>
        /// <param name="noise">True when a fall counts as noise: the reading follows the last one at once, and the channel has its
        /// rhythm or no drive.</param>
        internal void Add(int code, long now, bool suspect, bool noise)
        {
            int rise = code - _offset;
            int before = Last;
            if (++_calm >= ForgetReadings)
            {
                _calm = 0;
                _falls -= _falls > 0 ? 1 : 0;
            }

            bool fell = before < SpikeRise && rise < before - NoiseBand;
            _drops += fell && suspect ? 1 : 0;
            Fell |= fell && noise;
            Last = rise;
            Readings++;
            if (rise > SpikeRise)
            {
                _spikes++;
                _run = 0;
                return;
            }

            _sum += rise;
            if (rise <= OnRise)
            {
                _nothing++;
                _run = 0;
                return;
            }

            int lowest = _run == 0 || rise < _lowest ? rise : _lowest;
            int highest = _run == 0 || rise > _highest ? rise : _highest;
            if (highest - lowest > NoiseBand + (highest >> 3))
            {
                _run = 0;
                lowest = rise;
                highest = rise;
            }

            _runFrom = _run == 0 ? now : _runFrom;
            _run++;
            _lowest = lowest;
            _highest = highest;
        }

        /// <summary>Ends a look of one reading or several in a row.</summary>
        /// <param name="discharge">True right after a spike: a fall may be its discharge.</param>
        internal void EndLook(bool discharge)
        {
            _open = Last > SpikeRise ? _open + 1 : _open > 2 ? _open - 2 : 0;
            Fell &= !discharge;
        }

        /// <summary>Counts the fall that was read before the spike inputs were looked at last: no spike came that would explain
        /// it.</summary>
        internal void Confirm()
        {
            _falls++;
            _calm = 0;
            Fell = false;
        }

        /// <summary>Notes whether the channel leaked when it was read between two of its spikes.</summary>
        internal void NoteLeak()
        {
            int change = Last > OnRise && Last < SpikeRise ? 3 : -1;
            int after = _leak + change;
            _leak = after < 0 ? 0 : after > MostLeak ? MostLeak : after;
        }

        /// <summary>Tells whether the same current has flowed for longer than a discharge lasts.</summary>
        internal bool IsSteady(long now) => _run >= SteadyReadings && now - _runFrom >= SteadyTime;

        /// <summary>Gets the mean of the readings below the voltage of a spike, in codes above the reading without drive.</summary>
        internal int Mean
        {
            get
            {
                int count = Readings - _spikes;
                return count == 0 ? 0 : _sum / count;
            }
        }

        /// <summary>Tells whether no reading showed anything.</summary>
        /// <returns>True when there were so many, and none showed a current or a spike.</returns>
        internal bool ShowsNothing(int readings) => _nothing >= readings && _nothing == Readings;

        /// <summary>Gets a value indicating whether there were so many readings that an unseen spike would have shown.</summary>
        internal bool HasEnough => Readings >= (_leak >= LeakShows ? FewReadings : ManyReadings);

        /// <summary>Gets a value indicating whether spikes show: two readings at the voltage of a spike and more that are below, or a
        /// leak that fell three times.</summary>
        internal bool ShowsSpikes => (_spikes >= UnseenSpikes && Readings > 2 * _spikes) || _drops >= UnseenDrops;

        /// <summary>Gets a value indicating whether the readings stay at the voltage of a spike, as without a wire.</summary>
        internal bool IsOpen => _open >= OpenLooks;

        /// <summary>Gets a value indicating whether the readings fall again and again without a spike, as only noise does.</summary>
        internal bool IsNoisy => _falls >= NoisyFalls;
    }
}
