// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;

namespace NeuroMCU.Hearing.Readout
{
    /// <summary>
    /// Population vector around the peak: each neuron stands for a value, the answer is the mean of the values of the most active neuron
    /// and its neighbours, weighted by their spikes.
    /// </summary>
    public sealed class PopulationReadout : IReadout
    {
        private readonly SpikeTally _tally;
        private readonly int[] _values;
        private readonly int _halfWidth;
        private readonly int _minSpikes;

        /// <summary>Initializes a new instance of the <see cref="PopulationReadout" /> class.</summary>
        /// <param name="table">Its part of the image.</param>
        /// <param name="engine">The engine that counts.</param>
        /// <exception cref="ImageException">Values and population do not fit.</exception>
        public PopulationReadout(ReadoutTable table, NetworkEngine engine)
        {
            if (table.Populations.Length != 1)
            {
                throw new ImageException(ImageError.Shape, -1);
            }

            _tally = new SpikeTally(engine.SpikeCounts(table.Populations[0]));
            _values = table.Values;
            _halfWidth = table.HalfWidth;
            _minSpikes = table.MinSpikes;
            if (_values.Length != _tally.Size)
            {
                throw new ImageException(ImageError.Shape, -1);
            }
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

        /// <inheritdoc />
        public void Forget()
        {
            _tally.Forget();
            IsValid = false;
            Doubt = Readout.Doubt.None;
            Confidence = 0;
            Spikes = 0;
        }

        /// <inheritdoc />
        public void Evaluate()
        {
            int peak = 0;
            int most = 0;
            long total = 0;
            for (int i = 0; i < _values.Length; i++)
            {
                int count = _tally.Of(i);
                total += count;
                if (count > most)
                {
                    most = count;
                    peak = i;
                }
            }

            Spikes = total > int.MaxValue ? int.MaxValue : (int)total;
            IsValid = most > 0 && total >= _minSpikes;
            Doubt = IsValid ? Readout.Doubt.None : Readout.Doubt.FewSpikes;
            Value = 0;
            Confidence = 0;
            if (!IsValid)
            {
                return;
            }

            int from = peak < _halfWidth ? 0 : peak - _halfWidth;
            int to = _values.Length - 1 - peak < _halfWidth ? _values.Length - 1 : peak + _halfWidth;
            long near = 0;
            long sum = 0;
            for (int i = from; i <= to; i++)
            {
                int count = _tally.Of(i);
                near += count;
                sum += (long)count * _values[i];
            }

            Value = (int)((sum >= 0 ? sum + (near / 2) : sum - (near / 2)) / near);
            Confidence = (int)(near * 1000 / total);
        }
    }
}
