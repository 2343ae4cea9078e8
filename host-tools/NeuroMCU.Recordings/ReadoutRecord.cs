// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Recordings;

/// <summary>What one read-out of a network answered during a run.</summary>
/// <param name="Name">Name in the network file.</param>
/// <param name="Unit">Unit of its values, such as <c>deg</c>; <c>1</c> for pure numbers.</param>
/// <param name="Values">Its values in the order of their times, those without an answer included.</param>
public sealed record ReadoutRecord(string Name, string Unit, IReadOnlyList<ReadoutValue> Values)
{
    /// <summary>A value with its unit, as people write it: <c>30.5°</c>, <c>12 Hz</c>.</summary>
    /// <param name="value">A value in <see cref="Unit" />.</param>
    /// <returns>The text.</returns>
    public string Text(double value) => value.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture) + Unit switch
    {
        "" or "1" => string.Empty,
        "deg" => "°",
        _ => " " + Unit,
    };
}

/// <summary>A value of a read-out.</summary>
/// <param name="Index">Index of the read-out in the image.</param>
/// <param name="Valid">False when there were too few spikes for an answer.</param>
/// <param name="Time">Network time in µs.</param>
/// <param name="Value">Value in the read-out's unit.</param>
/// <param name="Confidence">Share of the spikes that agree with the value, 0 to 1.</param>
/// <param name="Spikes">Spikes that entered.</param>
/// <param name="Doubt">What speaks most against the answer: one of <see cref="NeuroMCU.Hearing.Readout.Doubt" />.</param>
/// <param name="Span">How long the sound was in µs, from the time on, that it is about; 0 when it is not about a sound.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ReadoutValue(int Index, bool Valid, long Time, double Value, double Confidence, int Spikes, int Doubt,
    long Span = 0)
{
    /// <summary>Takes the value out of a message.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The value in physical units.</returns>
    public static ReadoutValue Of(ReadoutEvent message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new(message.Index, message.Valid, message.Time, message.Value / 100.0, message.Confidence / 1000.0, message.Spikes,
            message.Doubt, message.Span);
    }
}
