// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Host.Calibration.Bringup
{
    /// <summary>One thing that bring-up looked at.</summary>
    /// <param name="What">What it is: <c>identity</c>, <c>rest</c>, <c>drive and sense</c>, <c>neuron</c>, <c>reset</c>, or a question to the user.</param>
    /// <param name="Channel">Name of the channel; empty for the board.</param>
    /// <param name="Passed">Whether it is as it should be.</param>
    /// <param name="Reading">What was read, with units.</param>
    /// <param name="Advice">What to check when it is not; empty when it is.</param>
    public sealed record BringupFinding(string What, string Channel, bool Passed, string Reading, string Advice);
}
