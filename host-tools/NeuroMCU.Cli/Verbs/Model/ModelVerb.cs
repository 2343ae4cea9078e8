// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;

namespace NeuroMCU.Cli.Verbs.Model;

/// <summary><c>model</c>: neuron models that are texts.</summary>
internal static class ModelVerb
{
    public static Command Create(VerbRunner runner)
    {
        return new Command("model", "List, show, check, plot, describe or begin neuron models that are texts")
        {
            ModelListVerb.Create(runner),
            ModelShowVerb.Create(runner),
            ModelCheckVerb.Create(runner),
            ModelPlotVerb.Create(runner),
            ModelPageVerb.Create(runner),
            ModelNewVerb.Create(runner),
        };
    }
}
