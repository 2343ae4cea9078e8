// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler.Circuits;
using NeuroMCU.Networks.Boards;

namespace NeuroMCU.Compiler;

/// <summary>What the compiler takes besides the network.</summary>
public sealed record CompilerOptions
{
    /// <summary>
    /// Board whose limits the network must keep; null takes the board that the file names, or the one that the virtual bench stands for.
    /// </summary>
    public BoardDescription? Board { get; init; }

    /// <summary>Cost profile of the device, by name or path; null takes that of the board.</summary>
    public string? CostProfile { get; init; }

    /// <summary>Managed heap in bytes that the network may take; null takes the board's limit.</summary>
    public int? HeapLimit { get; init; }

    /// <summary>True for a device that has room for whatever an image can hold, as the virtual one without costs.</summary>
    public bool Unlimited { get; init; }

    /// <summary>True when populations of board channels run as software models of the same neurons, on any board.</summary>
    public bool Twin { get; init; }

    /// <summary>What is known of a part of a network from the whole; null for a whole network.</summary>
    internal CompilePilot? Pilot { get; init; }

    /// <summary>Drive tables of channels; what it does not know is taken from the profile.</summary>
    public IDriveTables DriveTables { get; init; } = new NominalDriveTables();

    /// <summary>Encoder of the microphone front end.</summary>
    public IHearingFrontEnd HearingFrontEnd { get; init; } = new HearingEncoder();
}
