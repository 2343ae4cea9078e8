// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Compiler;

/// <summary>Managed heap that one part of a network takes on the device.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Bytes">Bytes on the device's object layout.</param>
public sealed record MemoryItem(string Name, int Bytes);
