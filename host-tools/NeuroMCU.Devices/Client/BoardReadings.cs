// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Devices.Client;

/// <summary>A neuron channel of a device's board, as the device tells it.</summary>
/// <param name="HasDrive">True when it can be driven.</param>
/// <param name="MaxCode">Largest code that it may be driven with: the board profile's limit.</param>
/// <param name="SenseBits">Codes of its sense converter are below 2 to this power; 0 when it senses nothing.</param>
/// <param name="Condition">What it was last found to be, one of <see cref="ChannelCondition" />.</param>
/// <param name="Latches">Times that it was found latched since the device started, at most 65535.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BoardChannelInfo(bool HasDrive, int MaxCode, int SenseBits, int Condition, int Latches);

/// <summary>The neuron channels of a device's board. Their names and physical units are in the board profile.</summary>
/// <param name="Resolution">Stated resolution of spike times in µs.</param>
/// <param name="Channels">The channels by number.</param>
public sealed record NeuronBoardInfo(int Resolution, IReadOnlyList<BoardChannelInfo> Channels);

/// <summary>Readings of a channel's sense converter.</summary>
/// <param name="Samples">Number of readings.</param>
/// <param name="Mean">Mean code.</param>
/// <param name="Lowest">Smallest code.</param>
/// <param name="Highest">Largest code.</param>
/// <param name="Microseconds">Time that the readings took.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SenseReading(int Samples, double Mean, int Lowest, int Highest, int Microseconds);

/// <summary>A channel and the code that it is driven with.</summary>
/// <param name="Channel">Number of the channel.</param>
/// <param name="Code">Code of its converter, 0 to <see cref="BoardChannelInfo.MaxCode" />.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ChannelDrive(int Channel, int Code);

/// <summary>How channels are measured.</summary>
public sealed record MeasureOptions
{
    /// <summary>Gets the channels, each once, and their codes; all are measured at the same time.</summary>
    public required IReadOnlyList<ChannelDrive> Drives { get; init; }

    /// <summary>Gets the time after driving that is not looked at, in ms, 0 to 65535.</summary>
    public int SettleMilliseconds { get; init; } = 100;

    /// <summary>Gets the time over which spikes are counted, in ms, 1 to 65535.</summary>
    public int WindowMilliseconds { get; init; } = 1000;

    /// <summary>Gets a value indicating whether the channels stay driven after the end; otherwise they go to code 0.</summary>
    public bool KeepDriven { get; init; }

    /// <summary>Gets a value indicating whether analog spike inputs lay their threshold above the middle of what is sensed in the
    /// second half of the settling time.</summary>
    public bool FollowSense { get; init; }
}

/// <summary>Intervals between the spikes of a channel during a measurement.</summary>
/// <param name="Channel">Number of the channel.</param>
/// <param name="Shortest">Shortest interval in µs; 0 with fewer than two spikes.</param>
/// <param name="Longest">Longest interval in µs; 0 with fewer than two spikes.</param>
/// <param name="Plateau">Longest time in µs for which an analog spike input stayed up after a spike; 0 for other inputs.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ChannelIntervals(int Channel, int Shortest, int Longest, int Plateau);

/// <summary>What a channel did during a measurement.</summary>
/// <param name="Channel">Number of the channel.</param>
/// <param name="Code">Code that it was driven with.</param>
/// <param name="Condition">What the device found it to be, one of <see cref="ChannelCondition" />.</param>
/// <param name="Spikes">Spikes in the window.</param>
/// <param name="FirstSpike">Time of the first spike in µs since the window began; 0 without one.</param>
/// <param name="LastSpike">Time of the last spike in µs since the window began; 0 without one.</param>
/// <param name="Sense">Readings of its sense converter in the window; none when it senses nothing.</param>
/// <param name="Missed">Spikes of all channels that the board lost meanwhile; the counts are then too small.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ChannelMeasurement(
    int Channel, int Code, int Condition, int Spikes, int FirstSpike, int LastSpike, SenseReading Sense, int Missed)
{
    /// <summary>Gets the rate in Hz from the first to the last spike; 0 with fewer than two.</summary>
    public double Rate => Spikes < 2 || LastSpike <= FirstSpike ? 0 : (Spikes - 1) * 1e6 / (LastSpike - FirstSpike);
}

/// <summary>How fast a channel fired in a run while its drive was about the same.</summary>
/// <param name="Code">Mean code of its converter.</param>
/// <param name="Intervals">Intervals between two spikes.</param>
/// <param name="Seconds">Time in s that they took together.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RateAtDrive(double Code, int Intervals, double Seconds)
{
    /// <summary>Gets the rate in Hz.</summary>
    public double Rate => Intervals / Seconds;
}
