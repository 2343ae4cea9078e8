// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Cli.Verbs.Demo;

/// <summary>All demos, in the order in which they are listed.</summary>
internal static class DemoList
{
    public static IReadOnlyList<IDemo> All { get; } =
    [
        new SoundLocalizationDemo(), new EvolveDemo(), new InternetDemo(), new InternetFastDemo(),
    ];
}
