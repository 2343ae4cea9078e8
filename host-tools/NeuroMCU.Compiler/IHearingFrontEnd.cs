// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;

namespace NeuroMCU.Compiler;

/// <summary>
/// Turns the parameters of a microphone front end, as a network file states them, into the integers that the front end on the device
/// reads (<see cref="Core.Contracts.HearingTable.Parameters" />).
/// </summary>
public interface IHearingFrontEnd
{
    /// <summary>Encodes the parameters; those that the file leaves out get their defaults.</summary>
    /// <param name="hearing">The front end as the file describes it.</param>
    /// <param name="report">Takes findings: unknown names, wrong units, values out of range.</param>
    /// <returns>The integers, in the order that the front end documents.</returns>
    int[] Encode(MicrophonePair hearing, ICollection<Diagnostic> report);
}
