// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;

namespace NeuroMCU.VirtualBench.Audio;

/// <summary>Writes stereo WAV files, PCM of 16 bits.</summary>
public static class WavWriter
{
    /// <summary>Bytes before the samples.</summary>
    public const int HeaderBytes = 44;

    private const int BytesPerFrame = 4;

    /// <summary>Writes a file; samples beyond ±1 are clipped.</summary>
    /// <param name="path">Path of the file; an existing one is replaced.</param>
    /// <param name="sound">The sound.</param>
    public static void Write(string path, StereoSound sound)
    {
        using FileStream file = File.Create(path);
        Write(file, sound);
    }

    /// <summary>Writes a sound; samples beyond ±1 are clipped.</summary>
    /// <param name="stream">Where to; it stays open.</param>
    /// <param name="sound">The sound.</param>
    public static void Write(Stream stream, StereoSound sound)
    {
        using var writer = new BinaryWriter(stream, Encoding.ASCII, leaveOpen: true);
        int bytes = sound.Length * BytesPerFrame;
        writer.Write("RIFF"u8);
        writer.Write(HeaderBytes - 8 + bytes);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)2);
        writer.Write(sound.SampleRate);
        writer.Write(sound.SampleRate * BytesPerFrame);
        writer.Write((short)BytesPerFrame);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(bytes);
        for (int k = 0; k < sound.Length; k++)
        {
            writer.Write(Code(sound.Left[k]));
            writer.Write(Code(sound.Right[k]));
        }
    }

    private static short Code(float sample) => (short)Math.Clamp(MathF.Round(sample * 32_768), short.MinValue, short.MaxValue);
}
