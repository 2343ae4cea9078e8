// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hearing.Readout
{
    /// <summary>Confidence in an answer: it falls with each thing that speaks against it, and the worst of these is the doubt.</summary>
    internal sealed class ConfidenceScale
    {
        /// <summary>Full confidence.</summary>
        internal const int Certain = 1000;

        private int _worst;

        /// <summary>Gets the confidence, 0 to <see cref="Certain" />.</summary>
        internal int Value { get; private set; }

        /// <summary>Gets what lowered confidence most: one of <see cref="Readout.Doubt" />.</summary>
        internal int Doubt { get; private set; }

        /// <summary>Begins with how far the spikes agree.</summary>
        /// <param name="share">Share of the possible coincidences that fell near the answer, 0 to 1000.</param>
        internal void Begin(int share)
        {
            Value = share;
            _worst = share;
            Doubt = Readout.Doubt.FewSpikes;
        }

        /// <summary>Lowers confidence: not at all up to a value, to nothing from another on.</summary>
        internal void Lower(int value, int from, int to, int doubt)
        {
            int factor = value <= from ? Certain : value >= to ? 0 : (to - value) * Certain / (to - from);
            Value = Value * factor / Certain;
            if (factor < _worst)
            {
                _worst = factor;
                Doubt = doubt;
            }
        }

        /// <summary>Leaves no confidence, whatever else there was.</summary>
        internal void Refuse(int doubt)
        {
            Value = 0;
            _worst = 0;
            Doubt = doubt;
        }

        /// <summary>A part of a whole in 1/1000; 0 of nothing.</summary>
        internal static int PerMille(int part, int whole) => whole == 0 ? 0 : (int)((long)part * Certain / whole);
    }
}
