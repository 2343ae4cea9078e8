// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Hearing;
using NeuroMCU.Hearing.Readout;
using NeuroMCU.Models;
using NeuroMCU.Samples;

namespace NeuroMCU.DeviceBenchmarks
{
    /// <summary>
    /// Three seconds of sound that does not pause through the shipped localization network, with its answers: front end, coincidence
    /// neurons, azimuth. The sound reaches the left ear three samples later.
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
        /// <param name="kind">What sounds, of <see cref="SoundPatterns" />.</param>
        /// <param name="whole">True to filter every sample of every block; false for the plan of the network, which leaves some
        /// out.</param>
        public HearingWorkload(int kind, bool whole)
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

            _right = SoundPatterns.Make(kind);
            _left = new short[SoundPatterns.Length];
            for (int k = 0; k < SoundPatterns.Length; k++)
            {
                _left[(k + Delay) % SoundPatterns.Length] = _right[k];
            }

            HeapBytes = DeviceMemory.Estimate(tables) + HearingMemory.Estimate(tables, false);
            FrontEndBytes = HearingMemory.Estimate(tables, false);
        }

        /// <summary>Gets the number of windows, one for each block.</summary>
        public override int Windows => Milliseconds * 1000 / _listener.FrontEnd.BlockMicroseconds;

        /// <summary>Gets the number of tenths of a second.</summary>
        public override long Units => Milliseconds / 100;

        /// <summary>Gets the azimuth that was found last, in hundredths of a degree.</summary>
        public int Azimuth { get; private set; }

        /// <summary>Gets the share of the sound that was filtered, per mille.</summary>
        public int Heard => (int)(1000 * _listener.FrontEnd.HeardFrames / _listener.FrontEnd.SoundFrames);

        /// <summary>Gets the managed heap in bytes of network, front end, read-out and buffer of the sound on a board without
        /// PSRAM: the upper bound that the device reckons with.</summary>
        public int HeapBytes { get; }

        /// <summary>Gets the part of <see cref="HeapBytes" /> that front end, read-out and buffer take.</summary>
        public int FrontEndBytes { get; }

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
            _listener.FrontEnd.Feed(_left, _right, index % (SoundPatterns.Length / _block) * _block, _block);
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
