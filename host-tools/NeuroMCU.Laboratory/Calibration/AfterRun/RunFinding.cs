// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Calibration.AfterRun;

/// <summary>What a run showed of a channel.</summary>
public enum RunFindingKind
{
    /// <summary>Its rates are not those of the calibration.</summary>
    Drifted,

    /// <summary>Its rates are those of another channel's drive.</summary>
    Swapped,

    /// <summary>Its rate stays the same whatever drives it.</summary>
    DoesNotFollow,

    /// <summary>It fires after the run, when nothing drives it.</summary>
    NotSafe,
}

/// <summary>Something that a run showed of a channel and that its device could not know: it has no calibration.</summary>
/// <param name="Channel">Number of the channel.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What was seen, with figures.</param>
/// <param name="Advice">What to look at.</param>
public sealed record RunFinding(int Channel, RunFindingKind Kind, string Text, string Advice)
{
    /// <summary>Gets a value indicating whether spikes may be wrong because of it; a drift is shown with its figures and judged by the
    /// user.</summary>
    public bool IsSerious => Kind != RunFindingKind.Drifted;

    /// <inheritdoc />
    public override string ToString() => Text + ". Look at: " + Advice;
}
