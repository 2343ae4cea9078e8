// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;

namespace NeuroMCU.Hearing.Readout
{
    /// <summary>
    /// Direction of a sound from coincidence neurons of several bands: <see cref="PlaceSums" /> find the rough place, around it the centre of
    /// mass of the bands of fine structure gives the position, and a map the angle. How far the evidence agrees with itself is for
    /// <see cref="DirectionEvidence" /> to say.
    /// </summary>
    public sealed class DirectionReadout : IReadout
    {
        private const int One = 256;

        // Three neurons fire per perfect pair of spikes, which gives 3 · 256 here; half of the pairs are enough to be certain.
        private const int CertainShare = 3 * One / 2;
        private const int Corrections = 3;

        private readonly BandLevels _levels;
        private readonly SpikeTally[] _tallies;
        private readonly int[] _parameters;
        private readonly int _places;
        private readonly int _step;
        private readonly int _halfWidth;
        private readonly int _minSpikes;
        private readonly DirectionEvidence _evidence;
        private readonly PlaceSums _sums;

        /// <summary>Initializes a new instance of the <see cref="DirectionReadout" /> class.</summary>
        /// <param name="table">Its part of the image.</param>
        /// <param name="engine">The engine that counts.</param>
        /// <param name="frontEnd">The front end that drives the populations, for its levels.</param>
        /// <exception cref="ImageException">A parameter is out of range, or populations and places do not fit.</exception>
        public DirectionReadout(ReadoutTable table, NetworkEngine engine, FrontEnd frontEnd)
        {
            int[] records = DirectionCheck.Records(table, engine.Tables, frontEnd.Bands);
            _levels = frontEnd.Levels;
            _parameters = table.Parameters;
            _places = _parameters[DirectionLayout.Places];
            _step = _parameters[DirectionLayout.Step];
            _halfWidth = table.HalfWidth;
            _minSpikes = table.MinSpikes;
            _tallies = new SpikeTally[table.Populations.Length];
            for (int i = 0; i < _tallies.Length; i++)
            {
                _tallies[i] = new SpikeTally(engine.SpikeCounts(table.Populations[i]));
            }

            _sums = new PlaceSums(_parameters, records, _levels);
            _evidence = new DirectionEvidence(_parameters, records, frontEnd);
        }

        /// <inheritdoc />
        public bool IsValid { get; private set; }

        /// <inheritdoc />
        public int Value { get; private set; }

        /// <inheritdoc />
        public int Confidence { get; private set; }

        /// <inheritdoc />
        public int Spikes { get; private set; }

        /// <inheritdoc />
        public int Doubt { get; private set; }

        /// <summary>Gets the position on the axis that was found, in 1/16 µs from the middle, to the right positive.</summary>
        public int Position { get; private set; }

        /// <summary>Gets a cue of the last answer, for whoever fits rivals.</summary>
        /// <param name="index">Its number, as <see cref="DirectionLayout" /> orders them.</param>
        public int Cue(int index) => _evidence.Cue(index);

        /// <inheritdoc />
        public void Forget()
        {
            for (int i = 0; i < _tallies.Length; i++)
            {
                _tallies[i].Forget();
            }

            _levels.ForgetPart();
            IsValid = false;
            Doubt = Readout.Doubt.None;
            Confidence = 0;
            Spikes = 0;
        }

        /// <summary>Forgets the bands in which an onset was found. To be called before the engine serves the onset's block.</summary>
        public void ForgetOnsets()
        {
            for (int i = 0; i < _tallies.Length; i++)
            {
                if (_levels.IsOnset(i))
                {
                    _tallies[i].Forget();
                }
            }
        }

        /// <summary>Evaluates what was counted since the last <see cref="ForgetPart" />, as <see cref="Evaluate" /> does for the whole
        /// sound.</summary>
        public void EvaluatePart()
        {
            _levels.OfPart = true;
            Evaluate();
            _levels.OfPart = false;
        }

        /// <summary>A new part of the sound begins now.</summary>
        public void ForgetPart()
        {
            for (int i = 0; i < _tallies.Length; i++)
            {
                _tallies[i].ForgetPart();
            }

            _levels.ForgetPart();
        }

        /// <inheritdoc />
        public void Evaluate()
        {
            _sums.Sum(_tallies);
            Spikes = _sums.Spikes;
            IsValid = false;
            Value = 0;
            Confidence = 0;
            Doubt = Readout.Doubt.FewSpikes;
            int place = _sums.Strongest();
            if (place < 0)
            {
                Doubt = _evidence.OfSilence();
                return;
            }

            place = Refine(place);
            Value = MonotoneMap.Value(_parameters, DirectionLayout.HeadLength, _parameters[DirectionLayout.MapPoints], Position);
            Confidence = _evidence.Weigh(Confidence, place, Position, _sums);
            IsValid = Spikes >= _minSpikes && Confidence >= _parameters[DirectionLayout.LeastConfidence];
            Doubt = IsValid ? Readout.Doubt.None : Spikes < _minSpikes ? Readout.Doubt.FewSpikes : _evidence.Doubt;
        }

        private int Refine(int place)
        {
            int half = _step / 2;
            Position = (place - (_places / 2)) * _step;
            for (int round = 0; round < Corrections; round++)
            {
                int from = place < _halfWidth ? 0 : place - _halfWidth;
                int to = _places - 1 - place < _halfWidth ? _places - 1 : place + _halfWidth;
                int[] fine = _sums.Fine;
                int mass = 0;
                int moment = 0;
                for (int k = from; k <= to; k++)
                {
                    mass += fine[k];
                    moment += fine[k] * (k - place);
                }

                if (mass == 0)
                {
                    return place;
                }

                long scaled = (long)moment * _step;
                int offset = (int)(scaled >= 0 ? (scaled + (mass / 2)) / mass : -((-scaled + (mass / 2)) / mass));
                Position = ((place - (_places / 2)) * _step) + offset;
                long share = _sums.Pairs == 0 ? 0 : (long)One * mass / _sums.Pairs * 1000 / CertainShare;
                Confidence = share > 1000 ? 1000 : (int)share;
                int shift = offset > half ? 1 : offset < -half ? -1 : 0;
                if (shift == 0)
                {
                    return place;
                }

                place += shift;
                place = place < 0 ? 0 : place >= _places ? _places - 1 : place;
            }

            return place;
        }
    }
}
