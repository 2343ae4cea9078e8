// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.Json.Serialization;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Parts;

namespace NeuroMCU.Laboratory.Calibration;

/// <summary>The calibration of one board: what is kept, and what drive tables are made from.</summary>
public sealed record BoardCalibration
{
    /// <summary>Version of the stored form that this program writes and reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Version of the stored form.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>Name of the board profile.</summary>
    public required string Board { get; init; }

    /// <summary>The device's id, hexadecimal: the board is known by the device that it is soldered to.</summary>
    public required string Device { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Name of the component set that the channels behave like.</summary>
    public required string Reference { get; init; }

    /// <summary>The component values of that set when the tables were made.</summary>
    public required ThyristorCell ReferenceCell { get; init; }

    /// <summary>Why it is not whole, such as that it was broken off; null when it is. Only a whole one is kept.</summary>
    [JsonIgnore]
    public string? Incomplete { get; init; }

    /// <summary>How long the board was driven for it, in s.</summary>
    public double BenchSeconds { get; init; }

    /// <summary>The channels, by number.</summary>
    public required IReadOnlyList<ChannelCalibration> Channels { get; init; }

    /// <summary>How alike the good channels fire at common rates; null when fewer than two are good.</summary>
    public RateSpread? Spread { get; init; }

    /// <summary>The channels that may be used.</summary>
    public IEnumerable<ChannelCalibration> Good() => Channels.Where(c => c.Verdict.IsGood);

    /// <summary>The channels that failed.</summary>
    public IEnumerable<ChannelCalibration> Failed() => Channels.Where(c => !c.Verdict.IsGood);
}
