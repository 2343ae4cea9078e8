// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Compiler.Equations;
using NeuroMCU.Networks;
using NeuroMCU.Recordings;
using NeuroMCU.Reference;

namespace NeuroMCU.Laboratory.Comparison;

/// <summary>
/// Double precision whose states of texts are rounded to the device's units after each step, beside double precision: what the resolution
/// alone does to a run. Where equations tear neighbours apart, or hold them back at an unstable point, that is as much as the device does.
/// </summary>
public static class RoundedReference
{
    /// <summary>Runs it.</summary>
    /// <param name="asked">The network that the reference ran.</param>
    /// <param name="compiled">What the device runs.</param>
    /// <param name="reference">The run in double precision.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>Pairs of spikes of both within 1 ms as a fraction of the larger count; null for networks without texts.</returns>
    public static double? Matched1Ms(Network asked, CompiledNetwork compiled, RunRecording reference,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(compiled);
        ArgumentNullException.ThrowIfNull(reference);
        if (compiled.Report.Equations.All(e => e == null))
        {
            return null;
        }

        ReferenceSimulator rounded = new(asked, compiled.Schemes);
        foreach ((EquationProgram? program, int population) in compiled.Report.Equations.Select((e, i) => (e, i)))
        {
            if (program != null)
            {
                rounded.RoundStates(population, [.. program.Variables.Take(program.States).Select(v => v.Resolution)]);
            }
        }

        return RunComparison.MatchedWithin(asked, reference, rounded.Run(reference.Duration, cancellation: cancellation), 1000);
    }
}
