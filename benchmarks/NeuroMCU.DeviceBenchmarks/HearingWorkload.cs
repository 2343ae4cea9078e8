// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
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
    /// Three seconds of sound that does not pause through the shipped localization network, with its answers: front end, coincidence
    /// neurons, azimuth. The sound is white noise that reaches the left ear three samples later; noise brings every band to its largest
    /// number of spikes, so
    /// nothing costs more.
    /// </summary>
    public sealed class HearingWorkload : Workload
    {
        private const int Milliseconds = 3000;
        private const int Delay = 3;

        private readonly NetworkEngine _engine;
        private readonly Listener _listener;
        private readonly DirectionReadout _azimuth;
        private readonly short[] _left;
        private readonly short[] _right;
        private readonly int _block;

        /// <summary>Initializes a new instance of the <see cref="HearingWorkload" /> class.</summary>
        /// <param name="whole">True to filter every sample of every block; false for the plan of the network, which leaves some
        /// out.</param>
        public HearingWorkload(bool whole)
        {
            byte[] image = LocalizationImage.Bytes;
            NetworkTables tables = ImageReader.Read(image, 0, image.Length, ModelList.All);
            int[] parameters = tables.Hearing[0].Parameters;
            _block = parameters[HearingLayout.BlockFrames];
            if (whole)
            {
                parameters[HearingLayout.HeardFrames] = _block;
                parameters[HearingLayout.LeadFrames] = 0;
                parameters[HearingLayout.HeardEvery] = 1;
            }

            _engine = new NetworkEngine(tables);
            _listener = new Listener(_engine, tables.Hearing[0]);
            _azimuth = new DirectionReadout(tables.Readouts[0], _engine, _listener.FrontEnd);

            // Four blocks, again and again.
            int frames = 4 * _block;
            _left = new short[frames];
            _right = new short[frames];
            uint state = 1;
            for (int k = 0; k < frames + Delay; k++)
            {
                state = PoissonGenerator.Draw(state);
                // The upper 16 bits, a quarter as loud: a signed shift of the whole word would shift zeros into a uint on nanoCLR.
                short v = (short)((short)(state >> 16) >> 2);
                if (k < frames)
                {
                    _right[k] = v;
                }

                _left[(k + Delay) % frames] = v;
            }
        }

        /// <summary>Gets the number of windows, one for each block.</summary>
        public override int Windows => Milliseconds * 1000 / _listener.FrontEnd.BlockMicroseconds;

        /// <summary>Gets the number of tenths of a second.</summary>
        public override long Units => Milliseconds / 100;

        /// <summary>Gets the azimuth that was found last, in hundredths of a degree.</summary>
        public int Azimuth { get; private set; }

        /// <summary>Gets the share of the sound that was filtered, per mille.</summary>
        public int Heard => (int)(1000 * _listener.FrontEnd.HeardFrames / _listener.FrontEnd.SoundFrames);

        /// <inheritdoc />
        public override void Restart()
        {
            _engine.Reset();
            _listener.Start(0);
            _listener.Forget();
            _azimuth.Forget();
        }

        /// <inheritdoc />
        public override void Run(int index)
        {
            _listener.FrontEnd.Feed(_left, _right, (index & 3) * _block, _block);
            _listener.EndBlock();
            _azimuth.ForgetOnsets();
            _engine.Advance(_listener.HeardUntil, int.MaxValue);
            if (_listener.IsDue)
            {
                _azimuth.EvaluatePart();
                _azimuth.ForgetPart();
                _listener.NoteAnswer();
                Azimuth = _azimuth.Value;
            }
        }
    }
}
