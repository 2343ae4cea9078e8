// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.IO;
using System.Linq;
using System.Text;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Hardware.Tests
{
    public sealed class SoundTests
    {
        [Theory]
        [InlineData(44_100, 48_000)]
        [InlineData(48_000, 44_100)]
        [InlineData(44_100, 16_000)]
        [InlineData(96_000, 22_050)]
        [InlineData(8_000, 44_100)]
        [InlineData(44_100, 44_101)]
        public void A_tone_keeps_its_frequency_phase_and_level(int from, int to)
        {
            // 80 % of the lower Nyquist frequency.
            double frequency = 0.4 * Math.Min(from, to);
            float[] input = Enumerable.Range(0, from / 5).Select(k => (float)Math.Sin(2 * Math.PI * frequency * k / from)).ToArray();
            float[] output = Resampler.Convert(input, from, to);
            Assert.Equal((int)Math.Ceiling((double)input.Length * to / from), output.Length);
            for (int n = to / 50; n < output.Length - (to / 50); n++)
            {
                Assert.InRange(output[n] - Math.Sin(2 * Math.PI * frequency * n / to), -1e-4, 1e-4);
            }
        }

        [Fact]
        public void What_the_new_rate_cannot_hold_is_removed()
        {
            float[] input = Enumerable.Range(0, 20_000).Select(k => (float)Math.Sin(2 * Math.PI * 9_000 * k / 44_100)).ToArray();
            float[] output = Resampler.Convert(input, 44_100, 16_000);
            double power = output[500..^500].Average(v => (double)v * v);
            Assert.True(10 * Math.Log10(power / 0.5) < -80);
        }

        [Fact]
        public void A_constant_stays_a_constant()
        {
            float[] output = Resampler.Convert(Enumerable.Repeat(0.5f, 5000).ToArray(), 44_100, 32_000);
            Assert.All(output[200..^200], v => Assert.Equal(0.5f, v, 5));
        }

        [Theory]
        [InlineData(8, 1)]
        [InlineData(16, 1)]
        [InlineData(24, 1)]
        [InlineData(32, 1)]
        [InlineData(32, 3)]
        [InlineData(64, 3)]
        public void Every_bit_depth_reads_the_same_values(int bits, int codec)
        {
            foreach (bool extensible in new[] { false, true })
            {
                StereoSound sound = WavReader.Read(Wav.Make(2, 22_050, bits, codec, extensible, [0.5, -0.25, -1, 0.125]), "x.wav");
                Assert.Equal(22_050, sound.SampleRate);
                Assert.Equal([0.5f, -1f], sound.Left);
                Assert.Equal([-0.25f, 0.125f], sound.Right);
            }
        }

        [Fact]
        public void Other_chunks_are_skipped_also_those_of_odd_length()
        {
            byte[] plain = Wav.Make(2, 8000, 16, 1, false, [0.5, 0.25]);
            byte[] list = [.. Encoding.ASCII.GetBytes("LIST"), 3, 0, 0, 0, 1, 2, 3, 0];
            StereoSound sound = WavReader.Read([.. plain[..12], .. list, .. plain[12..], .. list], "x.wav");
            Assert.Equal([0.5f], sound.Left);
        }

        [Fact]
        public void A_file_that_cannot_be_used_says_why_and_what_to_do()
        {
            byte[] good = Wav.Make(2, 8000, 16, 1, false, [0.5, 0.25, 0.5, 0.25]);
            void Refuses(WavProblem problem, string words, byte[] bytes)
            {
                WavException error = Assert.Throws<WavException>(() => WavReader.Read(bytes, "clap.wav"));
                Assert.Equal(problem, error.Problem);
                Assert.StartsWith("clap.wav: ", error.Message, StringComparison.Ordinal);
                Assert.Contains(words, error.Message, StringComparison.Ordinal);
            }

            Refuses(WavProblem.Empty, "record or export it again", []);
            Refuses(WavProblem.NotWav, "ffmpeg", Encoding.ASCII.GetBytes("ID3 this is an MP3"));
            Refuses(WavProblem.Mono, "one channel", Wav.Make(1, 8000, 16, 1, false, [0.5]));
            Refuses(WavProblem.TooManyChannels, "6 channels", Wav.Make(6, 8000, 16, 1, false, [0, 0, 0, 0, 0, 0]));
            Refuses(WavProblem.UnsupportedCodec, "codec 7", Wav.Make(2, 8000, 8, 7, false, [0.5, 0.5]));
            Refuses(WavProblem.UnsupportedCodec, "12 bits", Wav.Make(2, 8000, 12, 1, false, []));
            Refuses(WavProblem.Empty, "no samples", Wav.Make(2, 8000, 16, 1, false, []));
            Refuses(WavProblem.Truncated, "after 6 of 8 bytes", good[..^2]);
            Refuses(WavProblem.Truncated, "before its samples", good[..36]);
            Refuses(WavProblem.Truncated, "inside its format", good[..24]);
            Refuses(WavProblem.NotWav, "0 Hz", Wav.Make(2, 0, 16, 1, false, [0.5, 0.5]));
        }

        [Fact]
        public void No_cut_and_no_changed_byte_does_anything_but_read_or_refuse()
        {
            byte[] good = Wav.Make(2, 8000, 24, 1, true, Enumerable.Range(0, 40).Select(i => i / 50.0).ToArray());
            for (int i = 0; i < good.Length; i++)
            {
                foreach (byte value in new byte[] { 0, 1, 0x7f, 0xff })
                {
                    byte[] changed = (byte[])good.Clone();
                    changed[i] = value;
                    ReadOrRefuse(changed);
                }

                ReadOrRefuse(good[..i]);
            }

            static void ReadOrRefuse(byte[] bytes)
            {
                try
                {
                    StereoSound sound = WavReader.Read(bytes, "x");
                    Assert.NotEmpty(sound.Left);
                }
                catch (WavException)
                {
                    // Refused: as good.
                }
            }
        }

        [Fact]
        public void Both_ears_are_of_the_same_length()
        {
            Assert.Throws<ArgumentException>(() => new StereoSound(8000, new float[2], new float[3]));
            Assert.Throws<ArgumentOutOfRangeException>(() => new StereoSound(0, [], []));
        }

        private static class Wav
        {
            private static readonly byte[] s_guidTail = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];

            public static byte[] Make(int channels, int rate, int bits, int codec, bool extensible, double[] samples)
            {
                var data = new MemoryStream();
                var samplesWriter = new BinaryWriter(data);
                foreach (double sample in samples)
                {
                    Put(samplesWriter, sample, bits, codec);
                }

                var file = new MemoryStream();
                var writer = new BinaryWriter(file);
                int formatLength = extensible ? 40 : 16;
                writer.Write("RIFF"u8);
                writer.Write((int)(20 + formatLength + data.Length));
                writer.Write("WAVEfmt "u8);
                writer.Write(formatLength);
                writer.Write((ushort)(extensible ? 0xFFFE : codec));
                writer.Write((ushort)channels);
                writer.Write(rate);
                writer.Write(rate * channels * bits / 8);
                writer.Write((ushort)(channels * bits / 8));
                writer.Write((ushort)bits);
                if (extensible)
                {
                    writer.Write((ushort)22);
                    writer.Write((ushort)bits);
                    writer.Write(3);
                    writer.Write((ushort)codec);
                    writer.Write(s_guidTail);
                }

                writer.Write("data"u8);
                writer.Write((int)data.Length);
                writer.Write(data.ToArray());
                return file.ToArray();
            }

            private static void Put(BinaryWriter writer, double sample, int bits, int codec)
            {
                switch (bits, codec)
                {
                    case (32, 3):
                        writer.Write((float)sample);
                        break;
                    case (64, 3):
                        writer.Write(sample);
                        break;
                    case (8, _):
                        writer.Write((byte)((sample * 128) + 128));
                        break;
                    case (16, _):
                        writer.Write((short)(sample * 32_768));
                        break;
                    case (24, _):
                        int value = (int)(sample * 8_388_608);
                        writer.Write([(byte)value, (byte)(value >> 8), (byte)(value >> 16)]);
                        break;
                    default:
                        writer.Write((int)(sample * 2_147_483_648.0));
                        break;
                }
            }
        }
    }
}
