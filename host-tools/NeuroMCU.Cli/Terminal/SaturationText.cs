// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Recordings;

namespace NeuroMCU.Cli.Terminal;

/// <summary>What a run has cut off at the end of the device's range, and what to type next, on the terminal.</summary>
internal static class SaturationText
{
    /// <summary>Names the populations and how often; nothing when the device cut nothing off.</summary>
    public static void Say(VerbContext context, RunRecording run)
    {
        if (run.Saturations.Count > 0)
        {
            context.WriteLine(run.SaturationLine);
            context.Say("  next: make what arrives there smaller, or widen the ranges of a model that is a text; neuromcu compile FILE names "
                + "weights and states");
        }

        if (!run.CountsSaturations)
        {
            context.Say(
                "note: the device did not say whether it cut values off at the end of its range: it is older than protocol 1.3, or the "
                + "link broke");
        }
    }
}
