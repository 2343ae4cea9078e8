// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Recordings;

/// <summary>A format of spikes that can grow at its end: every prefix of whole pieces is a file of the format.</summary>
public interface ISpikeEncoding
{
    /// <summary>Writes what stands before the first spike.</summary>
    /// <param name="target">Where to.</param>
    void WriteHead(Stream target);

    /// <summary>Writes spikes.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="neurons">Global neuron indices.</param>
    /// <param name="times">Times in µs, parallel to the neurons.</param>
    void WriteSpikes(Stream target, ReadOnlySpan<int> neurons, ReadOnlySpan<long> times);

    /// <summary>Length up to the end of the last whole piece, for a file whose end found no room.</summary>
    /// <param name="file">The file.</param>
    /// <returns>A number of bytes.</returns>
    int WholeLength(ReadOnlySpan<byte> file);
}
