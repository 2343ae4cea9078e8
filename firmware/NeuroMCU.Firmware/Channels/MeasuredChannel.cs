// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Channels
{
    /// <summary>What a measurement counts and reads at one channel.</summary>
    internal sealed class MeasuredChannel
    {
        internal int Shortest;
        internal int Longest;
        internal int Plateau;

        // Faster than any thyristor neuron: their discharge alone takes 0.2 ms and more.
        private const int ImpossibleRate = 3000;

        // Readings that have to agree, and the code above which they show a current: some 30 mV.
        private const int LatchedReadings = 4;
        private const int OnRise = 40;

        private const int MostReadings = 65535;

        // −1 while the channel does not belong to the measurement.
        private int _code = -1;
        private int _spikes;
        private int _before;
        private int _first;
        private int _last;
        private int _readings;
        private long _sum;
        private int _lowest;
        private int _highest;

        internal bool IsPart => _code >= 0;

        /// <summary>Gets a value indicating whether there is room for another reading.</summary>
        internal bool HasRoom => _readings < MostReadings;

        /// <summary>Gets the middle between the extremes, which does not hang on how often readings fall on a spike; 0 without
        /// readings.</summary>
        internal int Middle => _readings == 0 ? 0 : (_lowest + _highest) / 2;

        internal void Leave()
        {
            _code = -1;
        }

        internal void Start(int code)
        {
            _code = code;
            _spikes = 0;
            _before = 0;
            _first = 0;
            _last = 0;
            Shortest = 0;
            Longest = 0;
            Plateau = 0;
            ForgetReadings();
        }

        internal void ForgetReadings()
        {
            _readings = 0;
            _sum = 0;
            _lowest = 65535;
            _highest = 0;
        }

        /// <summary>Counts a spike.</summary>
        /// <param name="since">Time in µs since the window began; negative before it.</param>
        internal void Fired(long since)
        {
            if (since < 0)
            {
                _before++;
                return;
            }

            int time = (int)since;
            if (_spikes == 0)
            {
                _first = time;
            }
            else
            {
                int interval = time - _last;
                Shortest = _spikes == 1 || interval < Shortest ? interval : Shortest;
                Longest = interval > Longest ? interval : Longest;
            }

            _last = time;
            _spikes++;
        }

        internal void Read(int code)
        {
            _readings++;
            _sum += code;
            _lowest = code < _lowest ? code : _lowest;
            _highest = code > _highest ? code : _highest;
        }

        /// <summary>Fills in what was found.</summary>
        /// <param name="window">Length of the window in µs.</param>
        internal void Fill(MeasureResults results, int k, int limit, long window)
        {
            results.Conditions[k] = Judge(limit, window);
            results.Spikes[k] = _spikes;
            results.FirstTimes[k] = _first;
            results.LastTimes[k] = _last;
            results.Samples[k] = _readings;
            results.Means[k] = _readings == 0 ? 0 : (int)(((_sum << 8) + (_readings >> 1)) / _readings);
            results.Lowest[k] = _readings == 0 ? 0 : _lowest;
            results.Highest[k] = _highest;
        }

        private int Judge(int limit, long window)
        {
            if ((long)_spikes * 1000000 > ImpossibleRate * window)
            {
                return ChannelCondition.Stuck;
            }

            bool conducts = _readings >= LatchedReadings && _lowest > OnRise;

            // A neuron that is silent below its onset leaks as much as a latched one conducts: it has to be one that should fire.
            bool shouldFire = _before > 0 || _code >= limit - (limit >> 2);
            return _spikes == 0 && conducts && shouldFire ? ChannelCondition.Latched : ChannelCondition.Good;
        }
    }
}
