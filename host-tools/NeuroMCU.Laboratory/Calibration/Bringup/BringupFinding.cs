// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Calibration.Bringup;

/// <summary>One thing that bring-up looked at.</summary>
/// <param name="What">What it is: <c>identity</c>, <c>multimeter</c>, <c>rest</c>, <c>drive and sense</c>, <c>neuron</c>, <c>reset</c>,
/// <c>linearity</c>.</param>
/// <param name="Channel">Name of the channel, or what the multimeter measured; empty for the board.</param>
/// <param name="Passed">Whether it is as it should be.</param>
/// <param name="Reading">What was read, with units.</param>
/// <param name="Advice">What to check when it is not; empty when it is.</param>
public sealed record BringupFinding(string What, string Channel, bool Passed, string Reading, string Advice)
{
    /// <summary>What a reading of a multimeter is called in <see cref="What" />.</summary>
    public const string Multimeter = "multimeter";

    /// <summary>What a bring-up that was interrupted says in <see cref="What" />.</summary>
    public const string AllStages = "all stages";

    /// <summary>Whether it was looked at at all; a reading that nobody took is neither right nor wrong.</summary>
    public bool Measured { get; init; } = true;

    /// <summary>Gets the verdict in one word or two.</summary>
    public string Verdict => !Passed ? "FAILED" : Measured ? "passed" : "not measured";
}
