// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Devices.Client;

/// <summary>The node array of a board, from its profile.</summary>
/// <param name="Rows">Rows; 0 when the board has no nodes.</param>
/// <param name="Columns">Columns.</param>
/// <param name="FullScale">Conductance in S that the value 1 stands for.</param>
/// <param name="Info">Limits and usual pulses, as the device tells them.</param>
public sealed record NodeArrayInfo(int Rows, int Columns, double FullScale, NodeInfo Info)
{
    /// <summary>Gets the number of nodes.</summary>
    public int Count => Rows * Columns;

    /// <summary>Gets a value indicating whether nodes are formed before they keep anything.</summary>
    public bool NeedsForming => Info.FormFromMillivolts > 0;

    /// <summary>Gets a value indicating whether no node keeps what it is given.</summary>
    public bool Forgets => (Info.Flags & NodeInfo.Forgets) != 0;
}

/// <summary>What a node showed.</summary>
/// <param name="Node">Number of the node.</param>
/// <param name="Value">Mean, in parts of full scale.</param>
/// <param name="Lowest">Smallest reading.</param>
/// <param name="Highest">Largest reading.</param>
/// <param name="Samples">Number of readings.</param>
/// <param name="Time">Clock of the device in s.</param>
public sealed record NodeReading(int Node, double Value, double Lowest, double Highest, int Samples, double Time);

/// <summary>What the device knows of a node.</summary>
/// <param name="Node">Number of the node.</param>
/// <param name="Mode">One of <see cref="NodeMode" />.</param>
/// <param name="Masked">True when nothing may be done to it.</param>
/// <param name="Target">Its target in parts of full scale; null without one.</param>
/// <param name="Low">Low end of its range.</param>
/// <param name="High">High end of its range; null before a survey.</param>
public sealed record NodeEntry(int Node, int Mode, bool Masked, double? Target, double Low, double? High);

/// <summary>A pulse, or a check without one, and the reading after it.</summary>
/// <param name="Node">Number of the node.</param>
/// <param name="Volts">Amplitude in V; 0 for a check.</param>
/// <param name="Seconds">Width in s.</param>
/// <param name="Value">Reading in parts of full scale.</param>
/// <param name="Time">Time in s since the work began.</param>
public sealed record NodeStep(int Node, double Volts, double Seconds, double Value, double Time);

/// <summary>What work came to for a node.</summary>
/// <param name="Node">Number of the node.</param>
/// <param name="Outcome">One of <see cref="NodeOutcome" />.</param>
/// <param name="Pulses">Pulses that it was given.</param>
/// <param name="Value">Mean of the last 16 readings.</param>
/// <param name="Low">Low end of its range.</param>
/// <param name="High">High end of its range; null where it is not known.</param>
public sealed record NodeResult(int Node, int Outcome, int Pulses, double Value, double Low, double? High);

/// <summary>What is to be done to nodes.</summary>
/// <param name="Work">One of <see cref="NodeWork" />.</param>
/// <param name="Nodes">Numbers of the nodes.</param>
public sealed record NodeTaskOptions(int Work, IReadOnlyCollection<int> Nodes)
{
    /// <summary>Gets how nodes are brought to their targets, one of <see cref="NodeRule" />.</summary>
    public int Rule { get; init; } = NodeRule.Proportional;

    /// <summary>Gets the largest number of passes.</summary>
    public int Passes { get; init; } = 3;

    /// <summary>Gets the largest number of pulses for a node in a pass.</summary>
    public int MostPulses { get; init; } = 60;

    /// <summary>Gets how far from its target a node may be, in parts of full scale.</summary>
    public double Tolerance { get; init; } = 0.02;
}

/// <summary>What work on nodes came to.</summary>
/// <param name="State">One of <see cref="NodeState" />.</param>
/// <param name="Pulses">Pulses that were given.</param>
/// <param name="Reads">Readings that were made.</param>
/// <param name="Results">What came out for each node that was worked on.</param>
public sealed record NodeTaskReport(int State, int Pulses, int Reads, IReadOnlyList<NodeResult> Results)
{
    /// <summary>Sees to it that the device went through with the work; a host that broke it off itself has heard of that before.</summary>
    /// <exception cref="DeviceException">Kind <see cref="DeviceErrorKind.Refused" />: it failed, or the device has ended it.</exception>
    public void RequireDone()
    {
        if (State == NodeState.Failed)
        {
            throw new DeviceException(DeviceErrorKind.Refused, "the work ended because a part of the array does not answer",
                "no voltage is on it", "check the supply and the cable of the array");
        }

        if (State == NodeState.Cancelled)
        {
            int done = Results.Count(r => r.Outcome != NodeOutcome.Cancelled);
            throw new DeviceException(DeviceErrorKind.Refused, $"the device cancelled the work when {done} of {Results.Count} nodes were done",
                "it heard nothing from this host for longer than its board allows; no voltage is on the array, and what was done is kept",
                "do the same again for the nodes that are left: neuromcu node list shows them");
        }
    }
}

/// <summary>A task that nodes are to learn.</summary>
/// <param name="Rows">Row of each input, 1 to 16.</param>
/// <param name="Columns">Column of each answer, 2 to 16.</param>
/// <param name="Seconds">Width of a learning pulse at the beginning, in s.</param>
public sealed record NodeLessonOptions(IReadOnlyList<int> Rows, IReadOnlyList<int> Columns, double Seconds)
{
    /// <summary>Gets how sharply answers compete: by exp(sharpness · sum), 1 to 64.</summary>
    public int Sharpness { get; init; } = 4;

    /// <summary>Gets the presentations after which a pulse is half as long; 0 when it stays.</summary>
    public int Half { get; init; }
}

/// <summary>How far a lesson is.</summary>
/// <param name="Options">The lesson; null when the array has none.</param>
/// <param name="Presentations">Presentations that have taught something.</param>
/// <param name="Pulses">Pulses of the lesson.</param>
public sealed record NodeLessonState(NodeLessonOptions? Options, int Presentations, int Pulses);

/// <summary>What nodes answered.</summary>
/// <param name="Answer">The answer, from 0; −1 when every input was 0.</param>
/// <param name="Sums">Sum of input times reading of each answer, in parts of full scale.</param>
/// <param name="Presentations">Presentations that have taught something.</param>
/// <param name="Pulses">Pulses of the lesson.</param>
public sealed record NodeAnswer(int Answer, IReadOnlyList<double> Sums, int Presentations, int Pulses);
