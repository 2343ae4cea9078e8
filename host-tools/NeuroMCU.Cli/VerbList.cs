// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Verbs;
using NeuroMCU.Cli.Verbs.Accuracy;
using NeuroMCU.Cli.Verbs.Bench;
using NeuroMCU.Cli.Verbs.Board;
using NeuroMCU.Cli.Verbs.Bringup;
using NeuroMCU.Cli.Verbs.Calibrate;
using NeuroMCU.Cli.Verbs.CalibrateHead;
using NeuroMCU.Cli.Verbs.Compare;
using NeuroMCU.Cli.Verbs.Compile;
using NeuroMCU.Cli.Verbs.Completion;
using NeuroMCU.Cli.Verbs.Demo;
using NeuroMCU.Cli.Verbs.Devices;
using NeuroMCU.Cli.Verbs.Doctor;
using NeuroMCU.Cli.Verbs.Erase;
using NeuroMCU.Cli.Verbs.Export;
using NeuroMCU.Cli.Verbs.Fair;
using NeuroMCU.Cli.Verbs.Hub;
using NeuroMCU.Cli.Verbs.Import;
using NeuroMCU.Cli.Verbs.Info;
using NeuroMCU.Cli.Verbs.Inject;
using NeuroMCU.Cli.Verbs.Live;
using NeuroMCU.Cli.Verbs.Locate;
using NeuroMCU.Cli.Verbs.Logic;
using NeuroMCU.Cli.Verbs.Model;
using NeuroMCU.Cli.Verbs.Node;
using NeuroMCU.Cli.Verbs.Program;
using NeuroMCU.Cli.Verbs.Render;
using NeuroMCU.Cli.Verbs.Repeat;
using NeuroMCU.Cli.Verbs.Report;
using NeuroMCU.Cli.Verbs.Reproduce;
using NeuroMCU.Cli.Verbs.Run;
using NeuroMCU.Cli.Verbs.Site;
using NeuroMCU.Cli.Verbs.Stop;
using NeuroMCU.Cli.Verbs.Sweep;
using NeuroMCU.Cli.Verbs.Virtual;
using NeuroMCU.Cli.Verbs.Weights;

namespace NeuroMCU.Cli;

/// <summary>All verbs, in the order in which help lists them.</summary>
internal static class VerbList
{
    public static IEnumerable<Command> Create(VerbRunner runner)
    {
        yield return DemoVerb.Create(runner);
        yield return CompileVerb.Create(runner);
        yield return ModelVerb.Create(runner);
        yield return ProgramVerb.Create(runner);
        yield return RunVerb.Create(runner);
        yield return InfoVerb.Create(runner);
        yield return StopVerb.Create(runner);
        yield return EraseVerb.Create(runner);
        yield return DevicesVerb.Create(runner);
        yield return BoardVerb.Create(runner);
        yield return WeightsVerb.Create(runner);
        yield return NodeVerb.Create(runner);
        yield return InjectVerb.Create(runner);
        yield return CompareVerb.Create(runner);
        yield return LiveVerb.Create(runner);
        yield return VirtualVerb.Create(runner);
        yield return FairVerb.Create(runner);
        yield return LocateVerb.Create(runner);
        yield return AccuracyVerb.Create(runner);
        yield return BenchVerb.Create(runner);
        yield return DoctorVerb.Create(runner);
        yield return RenderVerb.Create(runner);
        yield return CalibrateVerb.Create(runner);
        yield return BringupVerb.Create(runner);
        yield return SweepVerb.Create(runner);
        yield return CalibrateHeadVerb.Create(runner);
        yield return ReproduceVerb.Create(runner);
        yield return LogicVerb.Create(runner);
        yield return HubVerb.Create(runner);
        yield return SiteVerb.Create(runner);
        yield return ReportVerb.Create(runner);
        yield return RepeatVerb.Create(runner);
        yield return ImportVerb.Create(runner);
        yield return ExportVerb.Create(runner);
        yield return CompletionVerb.Create(runner);
    }
}
