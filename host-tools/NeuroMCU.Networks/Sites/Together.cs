// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Sites;

/// <summary>Populations that cannot be parted, since something of the board reads or drives all of them.</summary>
internal static class Together
{
    /// <summary>Lists them.</summary>
    /// <returns>Where that stands, what it is, and the populations.</returns>
    public static IEnumerable<(SourceLocation Location, string What, IReadOnlyList<Population> Populations)> Of(Network network)
    {
        foreach (Readout readout in network.Readouts)
        {
            // A direction weighs the bands by what the microphones hear.
            IEnumerable<Population> ears = readout.Direction != null && network.Hearing is { } hearing ? [hearing.Left, hearing.Right] : [];
            yield return (readout.Location, $"the read-out `{readout.Name}`",
                [.. new[] { readout.Population }.Concat(readout.Direction?.Populations ?? []).Concat(ears).Distinct()]);
        }

        if (network.Hearing is { } pair)
        {
            yield return (pair.Left.Location, "the microphone front end", [pair.Left, pair.Right]);
        }

        // The numbers of noise go by the place in the population.
        foreach (Population population in network.Populations.Where(p => p.Equations is { } e
            && (e.Model.Noises.Count > 0 || e.Waves.Any(w => w.Shape == Equations.WaveShape.Noise))))
        {
            yield return (population.Location, $"the noise of `{population.Name}`", [population]);
        }
    }
}
