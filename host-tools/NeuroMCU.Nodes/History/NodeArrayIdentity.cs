// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Nodes.History;

/// <summary>Which array a history is of.</summary>
/// <param name="DeviceId">Id of the device, hexadecimal.</param>
/// <param name="Board">Name of its board.</param>
/// <param name="Rows">Rows of the array.</param>
/// <param name="Columns">Columns of the array.</param>
/// <param name="FullScale">Conductance in S that the value 1 stands for.</param>
public sealed record NodeArrayIdentity(string DeviceId, string Board, int Rows, int Columns, double FullScale);

/// <summary>A pulse or a reading as the history keeps it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Session">Number of the command that made it.</param>
/// <param name="Started">When that began, UTC in ISO 8601.</param>
/// <param name="Verb">What the command was.</param>
/// <param name="Node">The node.</param>
/// <param name="Volts">Amplitude of the pulse in V; 0 for a reading.</param>
/// <param name="Seconds">Its width in s.</param>
/// <param name="Siemens">Conductance after it in S.</param>
/// <param name="Time">Clock of the device, or time since the work began, in s.</param>
public sealed record HistoryRow(
    long Id, long Session, string Started, string Verb, int Node, double Volts, double Seconds, double Siemens, double Time);

/// <summary>What the last survey found of a node.</summary>
/// <param name="Node">The node.</param>
/// <param name="Condition">good, weak, stuck, open, unformed or not-formed.</param>
/// <param name="Low">Low end of its range in S.</param>
/// <param name="High">High end of its range in S.</param>
/// <param name="Pulses">Pulses that it was given for it.</param>
public sealed record NodeCondition(int Node, string Condition, double Low, double High, int Pulses);
