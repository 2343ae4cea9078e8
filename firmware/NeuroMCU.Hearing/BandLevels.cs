// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.Hearing
{
    /// <summary>
    /// How loud the bands of both ears were, and how many spikes each of them sent: since a sound began, or since its last part began
    /// (<see cref="OfPart" />).
    /// </summary>
    public sealed class BandLevels
    {
        private const int MostSlopes = 1 << 28;

        private readonly int[] _parameters;
        private readonly int _bands;
        private readonly EarBand[] _filters;
        private readonly int[] _formerPeaks;
        private readonly long[] _depths;
        private readonly int[] _spikes;
        private readonly long[] _depthsBefore;
        private readonly int[] _spikesBefore;
        private readonly bool[] _onsets;
        private readonly long[] _slopes = new long[2];
        private readonly long[] _slopesBefore = new long[2];

        internal BandLevels(int[] parameters, EarBand[] filters)
        {
            _parameters = parameters;
            _filters = filters;
            _bands = filters.Length / 2;
            _formerPeaks = new int[filters.Length];
            _depths = new long[filters.Length];
            _spikes = new int[filters.Length];
            _depthsBefore = new long[filters.Length];
            _spikesBefore = new int[filters.Length];
            _onsets = new bool[_bands];
        }

        /// <summary>Gets or sets a value indicating whether the last part of the sound is asked for.</summary>
        internal bool OfPart { get; set; }

        /// <summary>Gets by how much a band is louder at the right ear, from the mean depth of the troughs.</summary>
        /// <param name="band">A band that both ears have heard.</param>
        /// <returns>The difference in 1/256 octave; 0 when an ear heard nothing.</returns>
        public int Difference(int band)
        {
            if (Pairs(band) == 0)
            {
                return 0;
            }

            int left = Depth(band);
            int right = Depth(_bands + band);
            return Loudness.Octaves(right + 1) - Loudness.Octaves(left + 1);
        }

        /// <summary>Gets by how much the slopes of the sound are steeper at the right ear: the level difference of everything above 1
        /// kHz, whatever bands have heard of it.</summary>
        /// <returns>The difference in 1/256 octave.</returns>
        internal int SlopeDifference()
        {
            long left = Slopes(FrontEnd.Left);
            long right = Slopes(FrontEnd.Right);
            while (left > MostSlopes || right > MostSlopes)
            {
                left >>= 1;
                right >>= 1;
            }

            return Loudness.Octaves((int)right + 1) - Loudness.Octaves((int)left + 1);
        }

        /// <summary>Gets the level of a band, both ears together, comparable between bands; 0 for nothing heard.</summary>
        internal int Level(int band)
        {
            long peaks = (long)_filters[band].Peak + _filters[_bands + band].Peak;
            return (int)((peaks * _parameters[HearingLayout.Record(band) + HearingLayout.LevelScale]) >> 16);
        }

        /// <summary>Says whether an ear has sent a spike of fine structure or envelope since the sound began.</summary>
        internal bool Hears(int ear)
        {
            for (int band = 0; band < _bands; band++)
            {
                if (Spikes((ear * _bands) + band) > 0)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Gets how many spikes of a band may have met at a coincidence neuron: those of the ear that sent fewer.</summary>
        internal int Pairs(int band)
        {
            int left = Spikes(band);
            int right = Spikes(_bands + band);
            return left < right ? left : right;
        }

        /// <summary>Says whether a band became so much louder in the last block that what it heard before is forgotten.</summary>
        internal bool IsOnset(int band) => _onsets[band];

        /// <summary>Finds the bands that became so much louder in this block, and forgets what they heard before; where most did, the
        /// slopes too.</summary>
        internal void FindOnsets()
        {
            long ratio = _parameters[HearingLayout.OnsetRatio];
            int onsets = 0;
            for (int band = 0; band < _bands; band++)
            {
                bool onset = false;
                for (int i = band; i < _filters.Length; i += _bands)
                {
                    int peak = _filters[i].Peak;
                    onset |= peak > ratio * _formerPeaks[i];
                    _formerPeaks[i] = peak;
                }

                _onsets[band] = onset;
                onsets += onset ? 1 : 0;
                for (int i = band; onset && i < _filters.Length; i += _bands)
                {
                    ForgetSpikes(i);
                }
            }

            if (2 * onsets > _bands)
            {
                ForgetSlopes();
            }
        }

        /// <summary>Notes that no band became louder.</summary>
        internal void ForgetOnsets()
        {
            for (int band = 0; band < _bands; band++)
            {
                _onsets[band] = false;
            }
        }

        /// <summary>Adds the spikes that a filter sent in a block, with the sum of the depths of their troughs.</summary>
        internal void Add(int filter, int spikes, long depths)
        {
            _depths[filter] += depths;
            _spikes[filter] += spikes;
        }

        /// <summary>Adds the slopes that an ear heard in a block.</summary>
        internal void AddSlopes(int ear, int slopes)
        {
            _slopes[ear] += slopes;
        }

        /// <summary>Forgets all: the next sound is judged by itself.</summary>
        internal void Forget()
        {
            for (int i = 0; i < _filters.Length; i++)
            {
                _filters[i].Peak = 0;
                _formerPeaks[i] = 0;
                ForgetSpikes(i);
            }

            ForgetSlopes();
        }

        /// <summary>A new part of the sound begins now.</summary>
        internal void ForgetPart()
        {
            Array.Copy(_depths, _depthsBefore, _depths.Length);
            Array.Copy(_spikes, _spikesBefore, _spikes.Length);
            Array.Copy(_slopes, _slopesBefore, _slopes.Length);
        }

        private long Slopes(int ear)
        {
            return OfPart ? _slopes[ear] - _slopesBefore[ear] : _slopes[ear];
        }

        private void ForgetSlopes()
        {
            for (int ear = 0; ear < _slopes.Length; ear++)
            {
                _slopes[ear] = 0;
                _slopesBefore[ear] = 0;
            }
        }

        private int Spikes(int filter)
        {
            return OfPart ? _spikes[filter] - _spikesBefore[filter] : _spikes[filter];
        }

        // Mean depth of the troughs.
        private int Depth(int filter)
        {
            long depths = OfPart ? _depths[filter] - _depthsBefore[filter] : _depths[filter];
            return (int)(depths / Spikes(filter));
        }

        private void ForgetSpikes(int filter)
        {
            _depths[filter] = 0;
            _spikes[filter] = 0;
            _depthsBefore[filter] = 0;
            _spikesBefore[filter] = 0;
        }
    }
}
