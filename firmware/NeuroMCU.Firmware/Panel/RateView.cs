// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Engine;
using NeuroMCU.Hardware.Panel;

namespace NeuroMCU.Firmware.Panel
{
    /// <summary>Spikes per second of the whole network: the number of now, and bars of the last half minute.</summary>
    internal sealed class RateView : View
    {
        private const int Bars = 64;
        private const int BarWidth = 2;
        private const int Bottom = 54;
        private const int Tallest = 36;
        private const int Second = 1000000;
        private const int HalfBars = Bars / 2;

        private readonly NetworkEngine _engine;
        private readonly int[] _rates = new int[Bars];
        private int _newest;
        private long _spikes;
        private long _time;
        private int _scale;

        internal RateView(NetworkEngine engine)
        {
            _engine = engine;
            _spikes = engine.Counters.Spikes;
            _time = engine.Time;
        }

        /// <summary>Notes the rate since the last call.</summary>
        internal void Sample()
        {
            long spikes = _engine.Counters.Spikes;
            long time = _engine.Time;

            // A network that was set back to its start counts from there.
            long more = spikes >= _spikes ? spikes - _spikes : spikes;
            long span = time >= _time ? time - _time : time;
            _spikes = spikes;
            _time = time;
            _newest = _newest + 1 == Bars ? 0 : _newest + 1;
            _rates[_newest] = span <= 0 ? 0 : (int)((more * Second) / span);
        }

        /// <inheritdoc />
        internal override bool Draw(Canvas canvas, int part)
        {
            if (part == 0)
            {
                _scale = Scale();
                canvas.Write(0, 1, _rates[_newest].ToString() + " spikes/s", 1);
                string most = _scale.ToString();
                canvas.Write(Canvas.Width - (most.Length * Canvas.Pitch), 1, most, 1);
                canvas.Fill(0, Bottom, Canvas.Width, 1);
                return true;
            }

            int end = part * HalfBars;
            for (int k = end - HalfBars; k < end; k++)
            {
                int rate = _rates[(_newest + 1 + k) % Bars];
                int tall = (int)(((long)rate * Tallest) / _scale);
                canvas.Fill(k * BarWidth, Bottom - tall, BarWidth, tall);
            }

            return end < Bars;
        }

        // 1, 2 or 5 times a power of ten: the least that is not below any bar.
        private int Scale()
        {
            int most = 1;
            for (int k = 0; k < Bars; k++)
            {
                most = _rates[k] > most ? _rates[k] : most;
            }

            int scale = 1;
            int digit = 1;
            while (scale < most)
            {
                scale = digit == 2 ? (scale / 2) * 5 : scale * 2;
                digit = digit == 1 ? 2 : digit == 2 ? 5 : 1;
            }

            return scale;
        }
    }
}
