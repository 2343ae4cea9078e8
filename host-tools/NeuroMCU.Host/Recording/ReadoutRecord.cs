// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Generic;
using NeuroMCU.Host.Devices.Client;

namespace NeuroMCU.Host.Recording;

/// <summary>What one read-out of a network told during a run.</summary>
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
