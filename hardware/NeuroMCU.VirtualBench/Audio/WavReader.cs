// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Buffers.Binary;
using System.Globalization;
using System.IO;
using System.Text;

namespace NeuroMCU.VirtualBench.Audio
{
    /// <summary>
    /// Reads stereo WAV files: PCM of 8, 16, 24 or 32 bits, floating point of 32 or 64 bits, with the plain or the extensible format chunk.
    /// </summary>
    /// <remarks>Microsoft Multimedia Programming Interface 1.0 (RIFF); KSDATAFORMAT_SUBTYPE_PCM and _IEEE_FLOAT for WAVE_FORMAT_EXTENSIBLE.</remarks>
    public static class WavReader
    {
        private const int Pcm = 1;
        private const int IeeeFloat = 3;
        private const int Extensible = 0xFFFE;
        private const string Convert = "convert it with 'ffmpeg -i IN -c:a pcm_s16le OUT.wav'";

        /// <summary>Reads a file.</summary>
        /// <param name="path">Path of the file.</param>
        /// <returns>The sound.</returns>
        /// <exception cref="WavException">The file cannot be used.</exception>
        /// <exception cref="IOException">The file cannot be opened or read.</exception>
        public static StereoSound Read(string path) => Read(File.ReadAllBytes(path), path);

        /// <summary>Reads the bytes of a file.</summary>
        /// <param name="data">The bytes.</param>
        /// <param name="name">Name for messages.</param>
        /// <returns>The sound.</returns>
        /// <exception cref="WavException">The bytes cannot be used.</exception>
        public static StereoSound Read(ReadOnlySpan<byte> data, string name) => Read(data, name, acceptMono: false);

        /// <summary>Reads a dry sound that is to be rendered: one channel serves as both.</summary>
        /// <param name="path">Path of the file.</param>
        /// <returns>The sound; both channels are the same where the file has one.</returns>
        /// <exception cref="WavException">The file cannot be used.</exception>
        /// <exception cref="IOException">The file cannot be opened or read.</exception>
        public static StereoSound ReadMonoOrStereo(string path) => Read(File.ReadAllBytes(path), path, acceptMono: true);

        private static StereoSound Read(ReadOnlySpan<byte> data, string name, bool acceptMono)
        {
            if (data.Length == 0)
            {
                throw new WavException(WavProblem.Empty, $"{name}: the file is empty; record or export it again");
            }

            if (data.Length < 12 || !Is(data, "RIFF") || !Is(data[8..], "WAVE"))
            {
                throw new WavException(WavProblem.NotWav, $"{name}: this is no WAV file (it does not begin with RIFF and WAVE); {Convert}");
            }

            Format? format = null;
            int at = 12;
            while (at + 8 <= data.Length)
            {
                uint length = BinaryPrimitives.ReadUInt32LittleEndian(data[(at + 4)..]);
                ReadOnlySpan<byte> rest = data[(at + 8)..];
                if (Is(data[at..], "fmt "))
                {
                    format = ReadFormat(length <= rest.Length ? rest[..(int)length] : rest, length, name, acceptMono);
                }
                else if (Is(data[at..], "data"))
                {
                    if (format is null)
                    {
                        throw new WavException(WavProblem.NotWav, $"{name}: this WAV file has samples before their format; {Convert}");
                    }

                    return ReadSamples(rest, length, format.Value, name);
                }

                // Chunks are padded to an even length.
                long next = at + 8L + length + (length & 1);
                if (next > data.Length)
                {
                    break;
                }

                at = (int)next;
            }

            throw new WavException(WavProblem.Truncated, $"{name}: the file ends before its samples begin; copy or export it again");
        }

        private static Format ReadFormat(ReadOnlySpan<byte> chunk, uint length, string name, bool acceptMono)
        {
            if (chunk.Length < 16 || chunk.Length < length)
            {
                throw new WavException(WavProblem.Truncated, $"{name}: the file ends inside its format; copy or export it again");
            }

            int codec = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
            int channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
            uint rate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            int bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);
            if (codec == Extensible && chunk.Length >= 40)
            {
                // The first two bytes of the sub-format's GUID are the codec.
                codec = BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..]);
            }

            bool known = (codec == Pcm && bits is 8 or 16 or 24 or 32) || (codec == IeeeFloat && bits is 32 or 64);
            if (!known)
            {
                throw new WavException(WavProblem.UnsupportedCodec, string.Create(CultureInfo.InvariantCulture, $"{name}: samples with codec {codec} and {bits} bits cannot be read (PCM of 8 to 32 bits and float of 32 or 64 bits can); {Convert}"));
            }

            if (rate == 0 || rate > 1_000_000)
            {
                throw new WavException(WavProblem.NotWav, string.Create(CultureInfo.InvariantCulture, $"{name}: the file names a sample rate of {rate} Hz; {Convert}"));
            }

            if (channels == 0 || (channels == 1 && !acceptMono))
            {
                throw new WavException(WavProblem.Mono, $"{name}: the recording has one channel; the direction of a sound needs two ears, so record in stereo");
            }

            if (channels > 2)
            {
                throw new WavException(WavProblem.TooManyChannels, string.Create(CultureInfo.InvariantCulture, $"{name}: the recording has {channels} channels, two are needed; keep the two ears with 'ffmpeg -i IN -af \"pan=stereo|c0=c0|c1=c1\" OUT.wav'"));
            }

            return new Format(codec, (int)rate, bits, channels);
        }

        private static StereoSound ReadSamples(ReadOnlySpan<byte> rest, uint length, Format format, string name)
        {
            // Recorders that were cut off leave a length of 0 or of all ones although samples follow.
            bool open = length == uint.MaxValue || (length == 0 && rest.Length > 0);
            if (!open && length > rest.Length)
            {
                throw new WavException(WavProblem.Truncated, string.Create(CultureInfo.InvariantCulture, $"{name}: the file ends after {rest.Length} of {length} bytes of sound; copy or export it again"));
            }

            ReadOnlySpan<byte> bytes = open ? rest : rest[..(int)length];
            int width = format.Bits / 8;
            int frames = bytes.Length / (format.Channels * width);
            if (frames == 0)
            {
                throw new WavException(WavProblem.Empty, $"{name}: the recording holds no samples; record or export it again");
            }

            float[] left = new float[frames];
            float[] right = new float[frames];
            for (int k = 0; k < frames; k++)
            {
                int frame = k * format.Channels * width;
                left[k] = Sample(bytes[frame..], format);
                right[k] = format.Channels == 1 ? left[k] : Sample(bytes[(frame + width)..], format);
            }

            return new StereoSound(format.Rate, left, right) { FileBits = format.Bits };
        }

        private static float Sample(ReadOnlySpan<byte> at, Format format)
        {
            if (format.Codec == IeeeFloat)
            {
                double value = format.Bits == 32 ? BinaryPrimitives.ReadSingleLittleEndian(at) : BinaryPrimitives.ReadDoubleLittleEndian(at);
                return double.IsFinite(value) ? (float)value : 0;
            }

            return format.Bits switch
            {
                // 8-bit samples are unsigned, all others signed.
                8 => (at[0] - 128) / 128f,
                16 => BinaryPrimitives.ReadInt16LittleEndian(at) / 32_768f,
                24 => (((at[0] << 8) | (at[1] << 16) | (at[2] << 24)) >> 8) / 8_388_608f,
                _ => (float)(BinaryPrimitives.ReadInt32LittleEndian(at) / 2_147_483_648.0),
            };
        }

        private static bool Is(ReadOnlySpan<byte> data, string tag) => data.Length >= 4 && data[..4].SequenceEqual(Encoding.ASCII.GetBytes(tag));

        private readonly record struct Format(int Codec, int Rate, int Bits, int Channels);
    }
}
