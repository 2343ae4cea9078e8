// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Hearing;
using NeuroMCU.Hearing.Readout;
using NeuroMCU.Models;
using NeuroMCU.Samples;

namespace NeuroMCU.DeviceBenchmarks
{
    /// <summary>
    /// 100 ms of sound through the shipped localization network: front end, coincidence neurons, azimuth. The sound is white noise that
    /// reaches the left ear three samples later; noise brings every band to its largest number of spikes, so nothing costs more.
    /// </summary>
    public sealed class HearingWorkload : Workload
    {
        private const int Pieces = 5;
        private const int Delay = 3;
        private const int Settling = 20000;

        private readonly NetworkEngine _engine;
        private readonly Listener _listener;
        private readonly DirectionReadout _azimuth;
        private readonly short[] _left;
        private readonly short[] _right;
        private readonly int _piece;

        /// <summary>Initializes a new instance of the <see cref="HearingWorkload" /> class.</summary>
        public HearingWorkload()
        {
            byte[] image = LocalizationImage.Bytes;
            _engine = new NetworkEngine(ImageReader.Read(image, 0, image.Length, ModelList.All));
            _listener = new Listener(_engine, _engine.Tables.Hearing[0]);
            _azimuth = new DirectionReadout(_engine.Tables.Readouts[0], _engine, _listener.FrontEnd);
            int frames = _listener.SampleRate / 10;
            _piece = frames / Pieces;
            _left = new short[frames];
            _right = new short[frames];
            uint state = 1;
            for (int k = 0; k < frames; k++)
            {
                state = PoissonGenerator.Draw(state);
                // The upper 16 bits, a quarter as loud: a signed shift of the whole word would shift zeros into a uint on nanoCLR.
                _right[k] = (short)((short)(state >> 16) >> 2);
                _left[k] = k < Delay ? (short)0 : _right[k - Delay];
            }
        }

        /// <summary>Gets the number of windows: pieces of sound, then the network with the answer.</summary>
        public override int Windows => Pieces + 1;

        /// <summary>Gets the number of sounds.</summary>
        public override long Units => 1;

        /// <summary>Gets the azimuth that was found, in hundredths of a degree.</summary>
        public int Azimuth => _azimuth.Value;

        /// <inheritdoc />
        public override void Restart()
        {
            _engine.Reset();
            _listener.Start(0);
            _azimuth.Forget();
        }

        /// <inheritdoc />
        public override void Run(int index)
        {
            if (index < Pieces)
            {
                _listener.FrontEnd.Feed(_left, _right, index * _piece, _piece);
                return;
            }

            _listener.EndBlock();
            _azimuth.ForgetOnsets();
            _engine.Advance(_listener.HeardUntil + Settling, int.MaxValue);
            _azimuth.Evaluate();
        }
    }
}
