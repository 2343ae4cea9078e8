// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;

namespace NeuroMCU.Cli.Verbs.Node;

/// <summary><c>node</c>: works with the programmable conductances of an array.</summary>
internal static class NodeVerb
{
    public static Command Create(VerbRunner runner)
    {
        return new Command("node", "Survey, form, program and measure the nodes of an array")
        {
            NodeSurveyVerb.Create(runner),
            NodeListVerb.Create(runner),
            NodeReadVerb.Create(runner),
            NodePulseVerb.Create(runner),
            NodeWorkVerb.Form(runner),
            NodeWorkVerb.Erase(runner),
            NodeModeVerb.Create(runner),
            NodeProgramVerb.Create(runner),
            NodeVerifyVerb.Create(runner),
            NodeMapVerb.Create(runner),
            NodeLearnVerb.Create(runner),
            NodeTraceVerb.Create(runner),
            NodeHistoryVerb.Create(runner),
            NodeFitVerb.Create(runner),
        };
    }
}
