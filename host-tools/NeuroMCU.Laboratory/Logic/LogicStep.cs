// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Logic;

/// <summary>One step of a sequence on nodes.</summary>
/// <param name="Condition">Node that decides, P of <c>P IMP Q</c>; -1 for a step that switches the target off.</param>
/// <param name="Target">Node that the step writes.</param>
public sealed record LogicStep(int Condition, int Target)
{
    /// <summary>Gets a value indicating whether the step switches its target off, whatever the others hold.</summary>
    public bool IsFalse => Condition < 0;

    /// <summary>Gets the step as a text with the nodes' letters: <c>S = 0</c>, <c>P IMP S</c>.</summary>
    /// <param name="names">A letter for each node.</param>
    /// <returns>The text.</returns>
    public string Text(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return IsFalse ? names[Target] + " = 0" : names[Condition] + " IMP " + names[Target];
    }
}
