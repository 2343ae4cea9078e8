// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Devices.Client;

/// <summary>What a refusal that concerns nodes means, and what to do next.</summary>
internal static class NodeRefusals
{
    private const string Nothing = "nothing was pulsed";

    public static (DeviceErrorKind Kind, string Message, string? Why, string? Next) Explain(int code, int detail) => code switch
    {
        ErrorCode.NoNodes => (DeviceErrorKind.NotSupported, "the board has no node array", null,
            "use a board with nodes: without --device, --board virtual-array"),
        ErrorCode.NoNode => (DeviceErrorKind.OutOfRange, Text($"the array has no node {detail}"), Nothing,
            "'neuromcu node list' shows the nodes"),
        ErrorCode.NodeAmplitude => (DeviceErrorKind.OutOfRange, "the amplitude is beyond the board profile",
            Text($"{detail} mV at most, and not 0; ") + Nothing, Text($"ask for {Volts(detail)} or less")),
        ErrorCode.NodeWidth => (DeviceErrorKind.OutOfRange, "the width is beyond the board profile",
            Text($"{detail} us at most, several pulses together 20 ms; ") + Nothing, Text($"ask for {detail} us or less, or fewer pulses")),
        ErrorCode.NodeCurrent => (DeviceErrorKind.OutOfRange, "the compliance is beyond the board profile",
            Text($"{detail} uA at most; ") + Nothing, Text($"ask for {detail} uA or less")),
        ErrorCode.NodeMasked => (DeviceErrorKind.Refused, Text($"node {detail} is masked"), "a survey or somebody found it bad; " + Nothing,
            Text($"leave it out, or unmask it: neuromcu node mode --node {detail} --unmask")),
        ErrorCode.NodeFormed => (DeviceErrorKind.Refused, Text($"node {detail} has been formed, or needs no forming"),
            "a node is formed once and for good, and potentiometers and capacitors never; " + Nothing, "leave it out; 'neuromcu node list' shows the modes"),
        ErrorCode.NodeVolatile => (DeviceErrorKind.Refused, Text($"node {detail} does not keep what it is given"),
            "it is volatile until it is formed, or for good where nothing forms it; " + Nothing,
            Text($"form it: neuromcu node form --node {detail}; or leave it out: 'neuromcu node list' shows the modes")),
        ErrorCode.NodeBusy => (DeviceErrorKind.PortBusy, "work on the node array goes on", Nothing,
            "wait until it is done, or end the other command"),
        ErrorCode.NodeRange => (DeviceErrorKind.OutOfRange, Text($"the target of node {detail} is outside what the survey found"), Nothing,
            "'neuromcu node list' shows the range of each node"),
        ErrorCode.NodeParts => (DeviceErrorKind.Faulted, Text($"node {detail & 0xff} could not be driven or read"),
            Chip(detail >> 8) + "; no voltage is on the array", "check the supply, the solder joints and the cable of the array"),
        ErrorCode.NodeNothing when detail == NodeWork.None => (DeviceErrorKind.Refused, "the array has no lesson",
            "none was begun, or it was forgotten", "begin one: neuromcu node learn LESSON.csv"),
        ErrorCode.NodeNothing => (DeviceErrorKind.Refused, "no node is left to work on", "all are masked, or none has a target; " + Nothing,
            "choose nodes with --node, and targets with 'neuromcu node program'"),
        _ => (DeviceErrorKind.Refused, Text($"the device refused with code {code}"), Text($"detail {detail}"), null),
    };

    // The chip that was spoken to last: address + 256 · branch of the bus switch, counted from 1.
    private static string Chip(int chip) => (chip & 0xff, chip >> 8) switch
    {
        (0, _) => "a part of the array does not answer",
        ( >= 0x70, 0) => Text($"the bus switch at the I2C address 0x{chip & 0xff:x2} does not answer"),
        (_, 0) => Text($"the chip at the I2C address 0x{chip & 0xff:x2} does not answer, keeps nothing ")
            + "or shows that the amplifiers have no supply",
        (_, int branch) => Text($"the chip at the I2C address 0x{chip & 0xff:x2}, branch {branch - 1} of the bus switch, does not answer ")
            + "or keeps nothing",
    };

    private static string Volts(int millivolts) => (millivolts / 1000.0).ToString("0.###", CultureInfo.InvariantCulture) + " V";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
