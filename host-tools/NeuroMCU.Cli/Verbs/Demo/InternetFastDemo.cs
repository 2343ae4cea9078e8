// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Pictures;
using NeuroMCU.Cli.Results;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Internet.Experiment;
using NeuroMCU.Internet.Hub;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Cli.Verbs.Demo;

/// <summary>The same experiment faster than real time: the engines of both devices and the hub's network on one clock, in one process,
/// without wires.</summary>
internal sealed class InternetFastDemo : IDemo
{
    private const string ReportName = "internet-fast.html";

    /// <inheritdoc />
    public IReadOnlyList<string> Neurons => [.. MiddleNeuron.All.Select(n => n.Name)];

    /// <inheritdoc />
    public string Name => "internet-fast";

    /// <inheritdoc />
    public string Summary => "the same without wires, as fast as this machine computes";

    /// <inheritdoc />
    public Task<ExitCode> RunAsync(VerbContext context, DemoRequest request, CancellationToken cancellation)
    {
        (string folder, string? figure, string? neuron) = request;
        MiddleNeuron middle = MiddleNeuron.Of(neuron);
        EngineExperiment experiment = EngineExperiment.RunAll(middle);
        IReadOnlyList<Phase> phases = experiment.Seen;
        IReadOnlyList<string> missing = Phases.Missing(phases);
        HtmlReport page = new HtmlReport(experiment.Plan.Name,
            $"{experiment.Plan.Sites.Count} sites, {experiment.Plan.Neurons.Count} neurons, {experiment.Plan.Synapses.Count} synapses")
        { MadeWith = RunFiles.MadeWith };
        HubPage.AddNetwork(page, experiment.Plan, experiment.Core, experiment.InitialWeights, experiment.Record, 0, phases[^1].End);
        PhaseTable.Add(page, middle, phases, missing);
        string report = Path.Combine(folder, ReportName);
        page.Save(report);
        PictureFiles.Save(context, figure, () => page);
        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.demo.internet-fast/1",
                Neuron = middle.Name,
                Found = missing.Count == 0,
                Missing = missing,
                Phases = PhaseTable.Document(phases),
                Report = report,
            });
        }
        else
        {
            PhaseTable.Print(context, phases);
            context.WriteLine(PhaseTable.Verdict(missing));
        }

        context.Say("wrote " + report);
        return Task.FromResult(missing.Count > 0 ? ExitCode.CheckFailed : ExitCode.Ok);
    }
}
