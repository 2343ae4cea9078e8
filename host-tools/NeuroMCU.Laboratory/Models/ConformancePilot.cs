// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Compiler.Equations;
using NeuroMCU.Laboratory.Models.Stages;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Laboratory.Models;

/// <summary>
/// Whether the device keeps to double precision with what a network gives to its texts: of each such population the neuron that fires most,
/// with its values, waveforms and what the others sent to it in the compiler's pilot run, for a short while.
/// Double precision at a finer step beside it shows whether the step is short enough.
/// </summary>
public static class ConformancePilot
{
    private const int MostSteps = 15000;
    private const int EnoughSpikes = 100;

    /// <summary>Follows the neurons.</summary>
    /// <param name="compiled">The network.</param>
    /// <returns>What makes the device slip more than twice in a hundred spikes, or a silent one's variables differ, or a count of spikes
    /// depend on the step, each with its place.</returns>
    public static IReadOnlyList<Diagnostic> Of(CompiledNetwork compiled)
    {
        ArgumentNullException.ThrowIfNull(compiled);
        return [.. compiled.Network.Populations.Where(p => p.Equations != null).SelectMany(p => Of(compiled, p))];
    }

    private static IEnumerable<Diagnostic> Of(CompiledNetwork network, Population population)
    {
        int step = network.Network.Step;
        long most = Math.Min(network.Network.Duration, (long)MostSteps * step);
        CompiledNetwork compiled = FollowedNeuron.Of(network, population, most);
        string of = " (population " + population.Name + ")";
        EquationProgram program = compiled.Report.Equations[0]!;
        ModelNeurons neurons = compiled.Network.Populations[0].Equations!;
        DeviceNeuron device = new(compiled, program);
        Follower follower = new(neurons, program, step * 1e-6);
        SilentStates silent = new(neurons, program, most / step);

        // The device and what follows it, and nothing else: most networks keep to double precision.
        for (long time = step; time <= most && follower.Spikes < EnoughSpikes; time += step)
        {
            follower.Compare(device.Step(time), device.Values);
            if (follower.Spikes == 0)
            {
                silent.Add(device.Values, follower.Value);
            }
        }

        if (follower.Slips > Math.Max(1, ModelFindings.MostSlips * follower.Spikes))
        {
            return Slips(compiled, population, most, of);
        }

        return [.. StepPilot.Of(neurons, step, network.Network.Duration, of), .. follower.Spikes > 0 ? [] : silent.Findings(of)];
    }

    private static IReadOnlyList<Diagnostic> Slips(CompiledNetwork compiled, Population population, long most, string of)
    {
        ModelCheckResult result = ModelCheck.Of(compiled, most, finer: 0, of);
        return result.SlipsByChaos
            ? [Diagnostic.At(
                population.Location,
                FormattableString.Invariant(
                    $"`{population.Name}` tears neighbours apart: {result.Conformance.Slips} of {result.Conformance.Spikes} spikes slip by a step or more in whatever arithmetic"),
                "compare counts and rates rather than single spikes; `neuromcu model check` has the figures of the text")]
            : result.Findings;
    }
}
