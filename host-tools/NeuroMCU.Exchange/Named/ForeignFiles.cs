// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Exchange.Nir;
using NeuroMCU.Exchange.Recordings;
using NeuroMCU.Exchange.Sonata;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Named;

/// <summary>Networks and recordings of other programs for network files that name them.</summary>
public sealed class ForeignFiles : IForeignFiles
{
    private const int MostLookedAt = 1 << 16;

    private ForeignFiles()
    {
    }

    /// <summary>Lets network files name files of other programs, in this process.</summary>
    public static void Register() => NetworkFile.ForeignFiles ??= new ForeignFiles();

    /// <inheritdoc />
    bool IForeignFiles.IsNetwork(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".nir" => true,
        ".json" => File.Exists(path) && IsSonata(path),
        _ => false,
    };

    /// <inheritdoc />
    string? IForeignFiles.CommandForRecording(string path) =>
        Path.GetExtension(path).Equals(".wav", StringComparison.OrdinalIgnoreCase) ? "'neuromcu locate' says where its sound comes from"
        : RecordingFile.IsRecording(path) ? $"'neuromcu report' shows it, and a network takes it as an input: recording: {Path.GetFileName(path)}"
        : null;

    /// <inheritdoc />
    ForeignNetwork IForeignFiles.ReadNetwork(string path, ForeignOptions options)
    {
        string name = Path.GetFileName(path);
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".nir":
                NirImport nir = NirImport.Read(path, name, new NirOptions
                {
                    Step = options.Step,
                    Decay = options.Decay switch { "euler" => NirDecay.Euler, "exact" => NirDecay.Exact, _ => null },
                    SubtractReset = options.Reset == "subtract",
                }, measure: false);
                return new(nir.Text, new Dictionary<string, string>(nir.Tables), [], [.. Approximated(nir.Findings), .. nir.Notes]);
            case ".json" when options is { Decay: null, Reset: null }:
                SonataImport sonata = SonataImport.Lower(path, name);
                return new(sonata.Text, new Dictionary<string, string>(sonata.Tables), [.. sonata.Files],
                    [.. Approximated(sonata.Findings)]);
            case ".json":
                throw new ExchangeException(ExchangeProblem.Network, path, string.Empty, "is SONATA, which says `decay` and `reset` itself",
                    "remove both");
            default:
                throw new ExchangeException(ExchangeProblem.Network, path, string.Empty,
                    $"ends in '{Path.GetExtension(path)}', which names no network that can be imported", "name a file in .nir, or a SONATA .json");
        }
    }

    /// <inheritdoc />
    ForeignRecording IForeignFiles.ReadRecording(string path)
    {
        RunRecording run = RecordingFile.Read(path);
        RecordedPopulation[] recorded = [.. run.Populations.Where(p => p.Recorded)];
        if (run.Spikes.Count == 0 && run.Traces.Count > 0)
        {
            throw new ExchangeException(ExchangeProblem.Recording, path, string.Empty, "holds traces and no spikes",
                "name a recording of spikes; 'neuromcu report' shows this one");
        }

        return new([.. recorded.Select(p => new ForeignTrains(p.Name, [.. Enumerable.Range(0, run.Spikes.Count)
            .Where(i => p.Contains(run.Spikes.Neurons[i])).Select(i => (run.Spikes.Neurons[i] - p.First, run.Spikes.Times[i]))]))],
            run.Losses.IsComplete);
    }

    // A network file may be JSON as well, since that is YAML.
    private static bool IsSonata(string path)
    {
        using FileStream stream = File.OpenRead(path);
        byte[] start = new byte[MostLookedAt];
        string text = System.Text.Encoding.UTF8.GetString(start, 0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
        return !text.Contains("\"neuromcu\"", StringComparison.Ordinal)
            && (text.Contains("\"networks\"", StringComparison.Ordinal) || text.Contains("\"network\"", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Approximated(IEnumerable<ExchangeFinding> findings) =>
        findings.Where(f => f.Fidelity == Fidelity.Approximated).Select(f => $"{f.Node}: {f.Text}");
}
