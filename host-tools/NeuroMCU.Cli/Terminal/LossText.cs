// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Recordings;

namespace NeuroMCU.Cli.Terminal;

/// <summary>What a run has lost, and what to type next, on the terminal.</summary>
internal static class LossText
{
    /// <summary>Says each loss with what to do against it; nothing when nothing is missing.</summary>
    /// <param name="again">A command that loses less; null when there is none to name.</param>
    public static void Say(VerbContext context, LossAccount losses, string? again = null)
    {
        foreach (LossCause cause in losses.Causes)
        {
            context.Say($"incomplete: {losses.Describe(cause)}");
            context.Say($"  next: {losses.Advise(cause)}");
        }

        if (again is not null && !losses.IsComplete)
        {
            context.Say("  type: " + again);
        }
    }
}
