// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Audio;

/// <summary>A sound at two ears.</summary>
public sealed class StereoSound
{
    /// <summary>Initializes a new instance of the <see cref="StereoSound" /> class.</summary>
    /// <param name="sampleRate">Rate in Hz.</param>
    /// <param name="left">Left ear, full scale ±1.</param>
    /// <param name="right">Right ear, as long as the left one.</param>
    /// <exception cref="ArgumentException">The two ears differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not positive.</exception>
    public StereoSound(int sampleRate, float[] left, float[] right)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.Length != right.Length)
        {
            throw new ArgumentException("the two ears must have the same number of samples", nameof(right));
        }

        SampleRate = sampleRate;
        Left = left;
        Right = right;
    }

    /// <summary>Gets the rate in Hz.</summary>
    public int SampleRate { get; }

    /// <summary>Gets the left ear's samples, full scale ±1.</summary>
    public float[] Left { get; }

    /// <summary>Gets the right ear's samples, full scale ±1.</summary>
    public float[] Right { get; }

    /// <summary>Gets the bits of a sample in the file that the sound was read from; 0 when it comes from none.</summary>
    public int FileBits { get; init; }

    /// <summary>Gets what the reader of the file found odd but could make sense of, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Gets the number of samples at each ear.</summary>
    public int Length => Left.Length;

    /// <summary>Gets the duration.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Length / SampleRate);

    /// <summary>Converts to another rate.</summary>
    /// <param name="sampleRate">New rate in Hz.</param>
    /// <returns>The sound at that rate; itself when it has that rate.</returns>
    public StereoSound AtRate(int sampleRate) =>
        sampleRate == SampleRate
            ? this
            : new StereoSound(sampleRate, Resampler.Convert(Left, SampleRate, sampleRate),
                Resampler.Convert(Right, SampleRate, sampleRate));
}
