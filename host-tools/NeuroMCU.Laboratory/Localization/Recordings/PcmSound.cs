// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Localization.Recordings;

/// <summary>A sound as the front end gets it from the microphones: 16-bit samples of both ears, an even number of frames.</summary>
internal sealed class PcmSound
{
    private PcmSound(short[] left, short[] right)
    {
        Left = left;
        Right = right;
    }

    /// <summary>Gets the left ear's samples.</summary>
    public short[] Left { get; }

    /// <summary>Gets the right ear's samples.</summary>
    public short[] Right { get; }

    /// <summary>Converts a sound.</summary>
    /// <param name="sampleRate">Rate of the microphones in Hz.</param>
    /// <returns>The samples; an odd number is made even by the last frame once more.</returns>
    public static PcmSound Of(StereoSound sound, int sampleRate)
    {
        ArgumentNullException.ThrowIfNull(sound);
        StereoSound converted = sound.AtRate(sampleRate);
        return new PcmSound(Code(converted.Left), Code(converted.Right));
    }

    private static short[] Code(float[] samples)
    {
        short[] codes = new short[samples.Length + (samples.Length & 1)];
        for (int i = 0; i < samples.Length; i++)
        {
            codes[i] = (short)Math.Clamp(MathF.Round(samples[i] * 32768), short.MinValue, short.MaxValue);
        }

        if (codes.Length > samples.Length)
        {
            codes[^1] = codes[^2];
        }

        return codes;
    }
}
