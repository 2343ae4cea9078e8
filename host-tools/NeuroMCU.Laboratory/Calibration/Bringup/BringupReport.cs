// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Laboratory.Calibration.Bringup;

/// <summary>The signed-off record of a board's bring-up.</summary>
public sealed record BringupReport
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NewLine = "\n"
    };

    /// <summary>Name of the board profile.</summary>
    public required string Board { get; init; }

    /// <summary>The device's id.</summary>
    public required string DeviceId { get; init; }

    /// <summary>Version of its firmware.</summary>
    public required string Firmware { get; init; }

    /// <summary>Who signs; empty when nobody does.</summary>
    public required string Name { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Everything that was looked at, in order.</summary>
    public required IReadOnlyList<BringupFinding> Findings { get; init; }

    /// <summary>Whether all of it is as it should be.</summary>
    public bool Passed => Findings.All(f => f.Passed);

    /// <summary>Whether somebody vouches for it: all is as it should be, a person gave a name, and took at least one reading of a
    /// multimeter.</summary>
    public bool SignedOff => WhyUnsigned.Length == 0;

    /// <summary>Why it is not signed off; empty when it is.</summary>
    public string WhyUnsigned =>
        !Passed ? "something failed"
        : string.IsNullOrWhiteSpace(Name) ? "nobody signed it: --name says who does"
        : !Findings.Any(f => f.What == BringupFinding.Multimeter && f.Measured)
        ? "no reading of a multimeter was taken: run it at a terminal, without --yes"
        : string.Empty;

    /// <summary>SHA-256 of all of the above: a later change of a reading shows.</summary>
    public string Hash
        => Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { Board, DeviceId, Firmware, Name, Date, Findings, Passed },
                s_json))));

    /// <summary>The record as a document.</summary>
    /// <returns>JSON.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, s_json) + "\n";

    /// <summary>The record as a page.</summary>
    /// <returns>The page.</returns>
    public HtmlReport ToPage() => new HtmlReport("Bring-up of " + Board,
        $"device {DeviceId} · firmware {Firmware} · {Date:yyyy-MM-dd HH:mm} · "
        + $"{(SignedOff ? "signed off by " + Name : "not signed off: " + WhyUnsigned)}")
        .Figure("verdict", Passed ? SignedOff ? "passed" : "passed, not signed off" : "FAILED", !Passed ? FigureTone.Bad : SignedOff
            ? FigureTone.Good : FigureTone.Warning)
        .Figure("looked at", Findings.Count.ToString(System.Globalization.CultureInfo.InvariantCulture))
        .Figure("not measured", Findings.Count(f => !f.Measured).ToString(System.Globalization.CultureInfo.InvariantCulture))
        .Add(new TableSection(
            "Findings",
            ["what", "channel", "verdict", "reading", "check"],
            [.. Findings.Select(f => new[] { f.What, f.Channel, f.Verdict, f.Reading, f.Advice })])
        {
            Tones = [.. Findings.Select(f => !f.Passed ? FigureTone.Bad : f.Measured ? FigureTone.Neutral : FigureTone.Warning)],
        })
        .Add(new PreformattedSection("SHA-256 of the readings", Hash));
}
