// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Recordings;

/// <summary>
/// The file beside a recording that grows while a run goes on: in the recording's own format where that can grow at its end (tables, AEDAT
/// 2.0, EIEIO), as a table otherwise (archives and HDF5 need sizes in advance). It says that it is not whole; every verb that reads
/// recordings reads it.
/// </summary>
public static class GrowingFile
{
    private const string Unfinished = "the program ended while the run went on: this is what had come until then";

    /// <summary>Path of the growing file.</summary>
    /// <param name="recording">Path of the recording that is to come.</param>
    public static string PathOf(string recording) => recording + ".partial" + Ending(recording);

    /// <summary>Its format.</summary>
    /// <param name="recording">Path of the recording that is to come.</param>
    /// <param name="populations">Populations of the network, in order of their first neuron.</param>
    /// <param name="origin">What is known of the run before it begins; null for nothing.</param>
    public static ISpikeEncoding EncodingOf(string recording, IReadOnlyList<RecordedPopulation> populations,
        IReadOnlyList<KeyValuePair<string, string>>? origin = null)
    {
        ArgumentNullException.ThrowIfNull(populations);
        string[] comments = ["incomplete: " + Unfinished, .. (origin ?? []).Select(Origins.Line), .. populations.Select(p => $"population: {p.First} {p.Size} {p.Name}")];
        return Ending(recording) switch
        {
            ".aedat" => new Aedat2Encoding(comments),
            ".eieio" => new EieioEncoding(),
            _ => new SpikeCsvEncoding(populations, comments),
        };
    }

    private static string Ending(string recording) =>
        Path.GetExtension(recording).ToLowerInvariant() is var ending && ending is ".aedat" or ".eieio" ? ending : ".csv";
}
