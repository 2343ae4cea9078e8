// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.IO;
using NeuroMCU.Core.Integrity;
using NeuroMCU.Core.Platform;
using NeuroMCU.Firmware.Channels;
using NeuroMCU.Firmware.Outputs;
using NeuroMCU.Hardware.Microphones;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Requests
{
    /// <summary>Tests the parts of the device that can be tested without knowing what is connected to it.</summary>
    internal sealed class SelfTest
    {
        private const string ProbeFile = "probe.tmp";

        private readonly IClock _clock;
        private readonly IFileStore _files;
        private readonly IMicrophonePair _microphones;
        private readonly int _rate;
        private readonly OutputBank _outputs;
        private readonly ChannelBank _channels;
        private readonly byte[] _probe = new byte[32];
        private readonly byte[] _back = new byte[32];

        /// <summary>Initializes a new instance of the <see cref="SelfTest" /> class.</summary>
        /// <param name="microphones">The microphones; null when the board has none.</param>
        /// <param name="rate">The lowest rate of the microphones in Hz; 0 when the board profile says nothing.</param>
        internal SelfTest(IClock clock, IFileStore files, IMicrophonePair microphones, int rate, OutputBank outputs, ChannelBank channels)
        {
            _channels = channels;
            _clock = clock;
            _files = files;
            _microphones = microphones;
            _rate = rate;
            _outputs = outputs;
        }

        /// <summary>Runs every test.</summary>
        internal void Run(SelfTestAnswer answer)
        {
            answer.Tested = 0;
            answer.Failed = 0;
            Note(answer, SelfTestAnswer.Crc, TestCrc());
            Note(answer, SelfTestAnswer.Arithmetic, TestArithmetic(1 << 30, 3));
            Note(answer, SelfTestAnswer.Clock, TestClock(answer));
            Note(answer, SelfTestAnswer.Store, TestStore());
            if (_outputs.Count > 0)
            {
                Note(answer, SelfTestAnswer.Outputs, _outputs.MakeSafe() < 0);
            }

            if (_channels.Count > 0)
            {
                Note(answer, SelfTestAnswer.Neurons, TestNeurons());
            }

            if (_microphones != null && _rate > 0)
            {
                Note(answer, SelfTestAnswer.Microphones, TestMicrophones(_microphones));
            }
        }

        private static void Note(SelfTestAnswer answer, int part, bool good)
        {
            answer.Tested |= part;
            if (!good)
            {
                answer.Failed |= part;
            }
        }

        private static bool TestCrc()
        {
            byte[] text = new byte[] { 49, 50, 51, 52, 53, 54, 55, 56, 57 };
            return Crc32.Compute(text, 0, text.Length) == 0xCBF43926;
        }

        // The operations that the engine rests on: 64-bit products, arithmetic shifts of negative numbers, wrap-around of uint.
        private static bool TestArithmetic(int a, int b)
        {
            long product = (long)a * a;
            uint wrapped = (uint)a * 5;
            return product == 1L << 60 && (-product >> 31) == -(1L << 29) && (int)((product + (1L << 30)) >> 31) == 1 << 29
                && -7 >> b == -1 && -7 / b == -2 && wrapped == 0x40000000;
        }

        private bool TestClock(SelfTestAnswer answer)
        {
            long begin = _clock.Now;
            int sum = 0;
            for (int k = 0; k < 1000; k++)
            {
                sum += k;
            }

            long end = _clock.Now;
            answer.ThousandAdditions = (int)(end - begin);
            return end >= begin && sum == 499500;
        }

        private bool TestStore()
        {
            try
            {
                for (int k = 0; k < _probe.Length; k++)
                {
                    _probe[k] = (byte)((k * 37) + 11);
                }

                _files.Create(ProbeFile);
                _files.Append(ProbeFile, _probe, 0, _probe.Length);
                _files.Flush(ProbeFile);
                int read = _files.Read(ProbeFile, 0, _back, 0, _back.Length);
                bool good = read == _probe.Length;
                for (int k = 0; k < read; k++)
                {
                    good &= _back[k] == _probe[k];
                }

                _files.Delete(ProbeFile);
                return good && _files.Length(ProbeFile) < 0;
            }
            catch (IOException)
            {
                return false;
            }
        }

        // Without drive nothing fires and nothing conducts: every sense has to answer, and near 0.
        private bool TestNeurons()
        {
            bool good = _channels.MakeSafe() < 0;
            try
            {
                for (int k = 0; k < _channels.Count; k++)
                {
                    good &= _channels.Sense(k) <= SenseWatch.MostOffset;
                }

                _channels.WatchAll();
                _channels.Board.Poll(_clock.Now);
                return good;
            }
#pragma warning disable CA1031 // A driver may throw anything; for the test that is the answer.
            catch (Exception)
#pragma warning restore CA1031
            {
                return false;
            }
        }

        private bool TestMicrophones(IMicrophonePair microphones)
        {
            try
            {
                microphones.Start(_rate);
                short[] left = new short[microphones.BlockFrames];
                short[] right = new short[microphones.BlockFrames];
                long limit = _clock.Now + 500000;
                int frames = 0;
                while (frames == 0 && _clock.Now < limit)
                {
                    _clock.Idle(microphones.NextBlockTime < limit ? microphones.NextBlockTime : limit);
                    frames = microphones.Read(left, right);
                }

                microphones.Stop();
                return frames > 0;
            }
#pragma warning disable CA1031 // A driver may throw anything; for the test that is the answer.
            catch (Exception)
#pragma warning restore CA1031
            {
                return false;
            }
        }
    }
}
