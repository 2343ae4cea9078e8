// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Runtime.InteropServices;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Devices.Client;

/// <summary>Something that a device found wrong with a neuron channel, or with its board.</summary>
/// <param name="Channel">Number of the channel; <see cref="ChannelEvent.WholeBoard" /> for the board as a whole.</param>
/// <param name="Condition">What it was found to be, one of <see cref="ChannelCondition" />.</param>
/// <param name="Action">What the device does about it, one of <see cref="ChannelAction" />.</param>
/// <param name="Code">Code that it was driven with.</param>
/// <param name="Detail">Code that it sensed, times that it latched, or the other channel of a swapped cable.</param>
/// <param name="Time">Network time in µs.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ChannelFinding(int Channel, int Condition, int Action, int Code, int Detail, long Time)
{
    /// <summary>Names a condition.</summary>
    /// <param name="condition">One of <see cref="ChannelCondition" />.</param>
    /// <returns>The name in a few words.</returns>
    public static string Describe(int condition) => condition switch
    {
        ChannelCondition.Good => "good",
        ChannelCondition.Latched => "latched: its thyristor stayed on",
        ChannelCondition.NoCurrent => "no current: it neither fires nor conducts",
        ChannelCondition.Shorted => "shorted thyristor: it conducts at once and never fires",
        ChannelCondition.Stuck => "its spike input fires as no neuron can",
        ChannelCondition.Disabled => "disabled: it latched again and again",
        ChannelCondition.DriveFailed => "its drive could not be written",
        ChannelCondition.SenseFailed => "its sense could not be read",
        ChannelCondition.SenseOpen => "its sense is open: it reads more than a neuron gives",
        ChannelCondition.SenseNoisy => "its sense is noisy",
        ChannelCondition.SpikesUnseen => "its spikes are not seen: they show on its sense and not at its spike input",
        ChannelCondition.NoSupply => "no supply: all channels fell silent at once, without a current",
        ChannelCondition.Undriven => "it fires although nothing drives it",
        ChannelCondition.Swapped => "its cable is swapped: its drive makes another channel fire",
        ChannelCondition.Silent => "silent at a drive at which it should fire",
        _ => string.Create(CultureInfo.InvariantCulture, $"condition {condition}"),
    };

    /// <summary>Says what to look at.</summary>
    /// <param name="condition">One of <see cref="ChannelCondition" />.</param>
    /// <returns>Parts and wires, the likeliest first; empty where there is nothing to do.</returns>
    public static string Advise(int condition) => condition switch
    {
        ChannelCondition.Latched => "if it comes back: a lower drive, or another thyristor",
        ChannelCondition.NoCurrent =>
            "the wire of DRIVE, the converter that drives it, the supply of the mirror, a shorted membrane capacitor; below 50 uA also "
            + "a shorted thyristor",
        ChannelCondition.Shorted => "the thyristor: shorted, or put in the wrong way round",
        ChannelCondition.Stuck => "the comparator: its reference, its supply, the wire of DETECT",
        ChannelCondition.Disabled => "the thyristor: its holding current lies below the drive; then calibrate again",
        ChannelCondition.DriveFailed => "the converter that drives it: its supply, its wires",
        ChannelCondition.SenseFailed => "the converter that reads it: its supply, its wires",
        ChannelCondition.SenseOpen => "the wire of SENSE, the buffer",
        ChannelCondition.SenseNoisy => "the wire of SENSE and its ground, the buffer",
        ChannelCondition.SpikesUnseen => "the comparator: its reference, its supply, the wire of DETECT",
        ChannelCondition.NoSupply => "the 5 V of the board, its fuse, its ground",
        ChannelCondition.Undriven =>
            "switch the board's supply off: its converter does not follow, so that it cannot be made safe; then the converter, the "
            + "cables, the comparator",
        ChannelCondition.Swapped => "exchange the cables of the two channels between board and converter, on one side only",
        ChannelCondition.Silent => "its parts have changed: neuromcu calibrate",
        _ => string.Empty,
    };

    /// <summary>
    /// Gets a value indicating whether spikes are missing or wrong because of it: not where a neuron latched and was released, nor
    /// where only its sense cannot be trusted, as its spikes come over another wire.
    /// </summary>
    public bool IsSerious => Action == ChannelAction.Disable || Condition is not
        (ChannelCondition.Good or ChannelCondition.Latched or ChannelCondition.SenseFailed or ChannelCondition.SenseOpen
            or ChannelCondition.SenseNoisy);

    /// <inheritdoc />
    public override string ToString() => ToString(ChannelNames.Numbers);

    /// <summary>Says when, who, what, and what to look at.</summary>
    /// <param name="names">What the channels are called.</param>
    /// <returns>The sentence.</returns>
    public string ToString(ChannelNames names)
    {
        string advice = Advise(Condition);
        string look = advice.Length == 0 ? string.Empty : ". Look at: " + advice;
        return string.Create(CultureInfo.InvariantCulture, $"at {Time / 1e6:0.000} s, {What(names)}{look}");
    }

    /// <summary>Says who and what: <c>n1 (cells[0]): disabled: it latched again and again; not driven until the next run</c>.</summary>
    /// <param name="names">What the channels are called.</param>
    /// <returns>The sentence.</returns>
    public string What(ChannelNames names)
    {
        ArgumentNullException.ThrowIfNull(names);
        string with = Condition == ChannelCondition.Swapped ? $" ({names.Of(Detail)})" : string.Empty;
        string action = Action switch
        {
            ChannelAction.Release => "; released, driven again",
            ChannelAction.Disable => Channel == ChannelEvent.WholeBoard ? "; nothing is driven until the next run"
                : "; not driven until the next run",
            _ => string.Empty,
        };
        return $"{names.Of(Channel)}: {Describe(Condition)}{with}{action}";
    }

    internal static ChannelFinding Of(ChannelEvent message) =>
        new(message.Channel, message.Condition, message.Action, message.Code, message.Detail, message.Time);
}
