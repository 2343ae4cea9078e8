// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.VirtualBench.Audio;

/// <summary>
/// Changes the sample rate of one channel as it comes: sample by sample the same as <see cref="Resampler.Convert" /> of the whole.
/// </summary>
public sealed class ResamplingStream
{
    // Samples that no output needs any more are let go when there are so many.
    private const int LetGo = 8192;

    private readonly ResamplingKernel _kernel;
    private readonly List<float> _samples = [];
    private long _first;
    private long _next;
    private bool _ended;

    /// <summary>Prepares a conversion.</summary>
    /// <param name="fromRate">Old rate in Hz.</param>
    /// <param name="toRate">New rate in Hz.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is not positive.</exception>
    public ResamplingStream(int fromRate, int toRate)
    {
        _kernel = new ResamplingKernel(fromRate, toRate);
    }

    /// <summary>Gets the number of samples that can be taken now.</summary>
    public long Available => Math.Max(0, (_ended ? _kernel.LengthOf(Length) : _kernel.SafeLengthOf(Length)) - _next);

    private long Length => _first + _samples.Count;

    /// <summary>Adds samples at the old rate.</summary>
    public void Add(ReadOnlySpan<float> samples)
    {
        foreach (float sample in samples)
        {
            _samples.Add(sample);
        }
    }

    /// <summary>Says that no more will come: the last sample goes on, as at the end of a recording.</summary>
    public void End() => _ended = true;

    /// <summary>Takes the next sample at the new rate.</summary>
    /// <exception cref="InvalidOperationException">None is <see cref="Available" />.</exception>
    public float Next()
    {
        if (Available == 0)
        {
            throw new InvalidOperationException("no sample has come");
        }

        float value = _kernel.At(_next, CollectionsMarshal.AsSpan(_samples), _first);
        _next++;
        long needed = Math.Min(_kernel.FirstOf(_next), Length - 1);
        if (needed - _first > LetGo)
        {
            _samples.RemoveRange(0, (int)(needed - _first));
            _first = needed;
        }

        return value;
    }
}
