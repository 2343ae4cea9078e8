// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;

namespace NeuroMCU.Recordings;

/// <summary>Spikes as the rows of <see cref="SpikeCsv" />, in the order of their arrival.</summary>
/// <param name="populations">Populations of the network, in order of their first neuron.</param>
/// <param name="comments">Lines above the header, without their mark.</param>
public sealed class SpikeCsvEncoding(IReadOnlyList<RecordedPopulation> populations, params string[] comments) : ISpikeEncoding
{
    private static readonly UTF8Encoding s_text = new(encoderShouldEmitUTF8Identifier: false);

    private readonly SpikeCsvRows _rows = new(populations);

    /// <inheritdoc />
    public void WriteHead(Stream target)
    {
        ArgumentNullException.ThrowIfNull(target);
        target.Write(s_text.GetBytes(string.Concat(comments.Select(c => "# " + c + "\n")) + SpikeCsv.Header + "\n"));
    }

    /// <inheritdoc />
    public void WriteSpikes(Stream target, ReadOnlySpan<int> neurons, ReadOnlySpan<long> times)
    {
        using StreamWriter writer = new(target, s_text, leaveOpen: true) { NewLine = "\n" };
        for (int i = 0; i < neurons.Length; i++)
        {
            _rows.Write(writer, neurons[i], times[i]);
        }
    }

    /// <inheritdoc />
    public int WholeLength(ReadOnlySpan<byte> file) => file.LastIndexOf((byte)'\n') + 1;
}
