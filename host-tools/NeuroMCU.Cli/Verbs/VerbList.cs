// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;

namespace NeuroMCU.Cli.Verbs;

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
        yield return InjectVerb.Create(runner);
        yield return CompareVerb.Create(runner);
        yield return VirtualVerb.Create(runner);
        yield return LocateVerb.Create(runner);
        yield return BenchVerb.Create(runner);
        yield return DoctorVerb.Create(runner);
        yield return RenderVerb.Create(runner);
        yield return CalibrateVerb.Create(runner);
        yield return BringupVerb.Create(runner);
        yield return SweepVerb.Create(runner);
        yield return CalibrateHeadVerb.Create(runner);
        yield return ReproduceVerb.Create(runner);
        yield return HubVerb.Create(runner);
        yield return SiteVerb.Create(runner);
        yield return CompletionVerb.Create(runner);
    }
}
