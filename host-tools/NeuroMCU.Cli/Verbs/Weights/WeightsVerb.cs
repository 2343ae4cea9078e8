// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;

namespace NeuroMCU.Cli.Verbs.Weights;

/// <summary><c>weights</c>: reads and writes weights of the network in a device, also while it runs.</summary>
internal static class WeightsVerb
{
    public static Command Create(VerbRunner runner)
    {
        return new Command("weights", "Read or write weights in a device, also while it runs")
        {
            WeightsGetVerb.Create(runner),
            WeightsSetVerb.Create(runner),
            WeightsFreezeVerb.Freeze(runner),
            WeightsFreezeVerb.Release(runner),
        };
    }
}
