// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Nodes.History;

/// <summary>Words for what work on a node came to.</summary>
public static class OutcomeText
{
    /// <summary>Names an outcome.</summary>
    /// <param name="outcome">One of <see cref="NodeOutcome" />.</param>
    /// <returns>One word, or two with a hyphen.</returns>
    public static string Of(int outcome) => outcome switch
    {
        NodeOutcome.Reached => "reached",
        NodeOutcome.GaveUp => "gave-up",
        NodeOutcome.Stuck => "stuck",
        NodeOutcome.Beyond => "beyond-range",
        NodeOutcome.Formed => "formed",
        NodeOutcome.NotFormed => "not-formed",
        NodeOutcome.Cancelled => "cancelled",
        NodeOutcome.Good => "good",
        NodeOutcome.Weak => "weak",
        NodeOutcome.Open => "open",
        NodeOutcome.Drifted => "drifted",
        NodeOutcome.Unformed => "unformed",
        _ => "none",
    };

    /// <summary>Says whether an outcome is what was wanted.</summary>
    /// <param name="outcome">One of <see cref="NodeOutcome" />.</param>
    /// <returns>False for what a user has to look at.</returns>
    public static bool IsGood(int outcome) => outcome is NodeOutcome.Reached or NodeOutcome.Formed or NodeOutcome.Good;
}
