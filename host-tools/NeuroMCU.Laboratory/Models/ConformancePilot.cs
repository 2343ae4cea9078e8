// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Equations;
using NeuroMCU.Networks.Sites;

namespace NeuroMCU.Laboratory.Models;

/// <summary>
/// Whether the device keeps to double precision with the values that a network gives to its texts: the first neuron of each such
/// population alone, under its constant inputs and waveforms, for a short while. What synapses bring about is left to a comparison of the
/// whole network.
/// </summary>
public static class ConformancePilot
{
    private const int MostSteps = 20000;
    private const int EnoughSpikes = 100;

    /// <summary>Follows the neurons.</summary>
    /// <param name="compiled">The network.</param>
    /// <returns>What makes the device slip more than twice in a hundred spikes, each with its place.</returns>
    public static IReadOnlyList<Diagnostic> Of(CompiledNetwork compiled)
    {
        Network network = compiled.Network;
        return [.. network.Populations.Where(p => p.Equations is { Model.Spike: not null }).SelectMany(p => Of(network, p))];
    }

    private static IEnumerable<Diagnostic> Of(Network network, Population population)
    {
        Population one = PartPopulation.Of(population, population.Name, 0, 0, [0], PartRole.Home, 0).Population;
        CompiledNetwork compiled = NetworkCompiler.Compile(network with
        {
            Populations = [one],
            Projections = [],
            StoredSpikes = [],
            SpikeInputs = [],
            PoissonInputs = [],
            Drives = [],
            Sound = null,
            Hearing = null,
            Readouts = [],
            Outputs = [],
            Sites = null,
            Board = null,
            Traces =
            [
                .. one.Equations!.Model.States.Select((_, i) => new TraceRequest(one, 0, network.Step, one.Location) { Variable = i }),
            ],
        }, new CompilerOptions { Unlimited = true });
        long most = Math.Min(network.Duration, (long)MostSteps * network.Step);
        ConformanceFigures figures = ModelCheck.Follow(compiled, EnoughSpikes, most);
        if (figures.Slips <= Math.Max(1, ModelFindings.MostSlips * figures.Spikes))
        {
            return [];
        }

        ModelCheckResult result = ModelCheck.Of(compiled, most, finer: 0, " (population " + population.Name + ")");
        return result.SlipsByChaos
            ? [Diagnostic.At(
                population.Location,
                FormattableString.Invariant(
                    $"`{population.Name}` tears neighbours apart: {result.Conformance.Slips} of {result.Conformance.Spikes} spikes slip by a step or more in whatever arithmetic"),
                "compare counts and rates rather than single spikes; `neuromcu model check` has the figures of the text")]
            : result.Findings;
    }
}
