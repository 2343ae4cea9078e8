// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.IO;
using NeuroMCU.Core.Integrity;
using NeuroMCU.Firmware.Channels;
using NeuroMCU.Firmware.Guard;
using NeuroMCU.Firmware.Loop;
using NeuroMCU.Firmware.Outputs;
using NeuroMCU.Hardware.Microphones;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Requests
{
    /// <summary>Tests the parts of the device that can be tested without knowing what is connected to it.</summary>
    public sealed class SelfTest
    {
        private const string ProbeFile = "probe.tmp";

        private readonly FirmwareParts _parts;
        private readonly OutputBank _outputs;
        private readonly ChannelBank _channels;
        private readonly byte[] _probe = new byte[32];
        private readonly byte[] _back = new byte[32];

        /// <summary>Initializes a new instance of the <see cref="SelfTest" /> class.</summary>
        /// <param name="parts">The board.</param>
        /// <param name="outputs">The outputs.</param>
        /// <param name="channels">The neuron channels.</param>
        public SelfTest(FirmwareParts parts, OutputBank outputs, ChannelBank channels)
        {
            _channels = channels;
            _parts = parts;
            _outputs = outputs;
        }

        /// <summary>Runs every test.</summary>
        /// <param name="answer">Receives what was tested, what failed, and the speed of the interpreter.</param>
        public void Run(SelfTestAnswer answer)
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

            if (_parts.Microphones != null && _parts.Profile.MicrophoneMinRate > 0)
            {
                Note(answer, SelfTestAnswer.Microphones, TestMicrophones(_parts.Microphones));
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
            long begin = _parts.Clock.Now;
            int sum = 0;
            for (int k = 0; k < 1000; k++)
            {
                sum += k;
            }

            long end = _parts.Clock.Now;
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

                _parts.Files.Create(ProbeFile);
                _parts.Files.Append(ProbeFile, _probe, 0, _probe.Length);
                _parts.Files.Flush(ProbeFile);
                int read = _parts.Files.Read(ProbeFile, 0, _back, 0, _back.Length);
                bool good = read == _probe.Length;
                for (int k = 0; k < read; k++)
                {
                    good &= _back[k] == _probe[k];
                }

                _parts.Files.Delete(ProbeFile);
                return good && _parts.Files.Length(ProbeFile) < 0;
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
                _channels.Board.Poll(_parts.Clock.Now);
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
                microphones.Start(_parts.Profile.MicrophoneMinRate);
                short[] left = new short[microphones.BlockFrames];
                short[] right = new short[microphones.BlockFrames];
                long limit = _parts.Clock.Now + 500000;
                int frames = 0;
                while (frames == 0 && _parts.Clock.Now < limit)
                {
                    _parts.Clock.Idle(microphones.NextBlockTime < limit ? microphones.NextBlockTime : limit);
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
