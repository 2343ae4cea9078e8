// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.CompilerServices;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;

namespace NeuroMCU.Tests.Shared;

/// <summary>Network files for tests.</summary>
internal static class NetworkTexts
{
    /// <summary>A small network that is right in every point; tests break one thing of it at a time.</summary>
    public const string Good = """
        neuromcu: 1
        name: good
        step: 0.1 ms
        seed: 5
        populations:
          stim:
            model: input
            size: 3
          cells:
            model: lif
            size: 3
            tau: 20 ms
            rest: -65 mV
            threshold: -50 mV
            reset: -70 mV
            refractory: 2 ms
        projections:
          - name: drive
            from: stim
            to: cells
            connect: one-to-one
            weight: 16 mV
            delay: 1.5 ms
        inputs:
          - to: stim
            spikes: [[0, 5 ms], [2, 7.5 ms]]
        record:
          spikes: all
          traces:
            - {population: cells, neurons: [0, 2], every: 1 ms}
        """;

    /// <summary>Reads text as a network.</summary>
    public static Network Parse(string text)
    {
        return NetworkFile.Parse(text, "net.yaml");
    }

    /// <summary>Replaces one piece of the good network, which must be there.</summary>
    public static string With(string old, string replacement)
    {
        Assert.Contains(old, Good, StringComparison.Ordinal);
        return Good.Replace(old, replacement, StringComparison.Ordinal);
    }

    /// <summary>The only finding of a text that must be refused.</summary>
    public static Diagnostic OnlyError(string text)
    {
        return Assert.Single(Errors(text));
    }

    /// <summary>All findings of a text that must be refused.</summary>
    public static System.Collections.Generic.IReadOnlyList<Diagnostic> Errors(string text)
    {
        return Assert.Throws<NetworkFileException>(() => Parse(text)).Diagnostics;
    }

    /// <summary>The repository's folder of examples.</summary>
    public static string Examples([CallerFilePath] string here = "")
    {
        return Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "examples"));
    }
}
