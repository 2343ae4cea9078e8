// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NeuroMCU.Host.Recording.Report;

namespace NeuroMCU.Host.Calibration.Bringup
{
    /// <summary>The signed-off record of a board's bring-up.</summary>
    public sealed record BringupReport
    {
        private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, NewLine = "\n" };

        /// <summary>Name of the board profile.</summary>
        public required string Board { get; init; }

        /// <summary>The device's id.</summary>
        public required string DeviceId { get; init; }

        /// <summary>Version of its firmware.</summary>
        public required string Firmware { get; init; }

        /// <summary>Who signs.</summary>
        public required string Name { get; init; }

        /// <summary>When.</summary>
        public required DateTimeOffset Date { get; init; }

        /// <summary>Everything that was looked at, in order.</summary>
        public required IReadOnlyList<BringupFinding> Findings { get; init; }

        /// <summary>Whether all of it is as it should be.</summary>
        public bool Passed => Findings.All(f => f.Passed);

        /// <summary>SHA-256 of all of the above: a later change of a reading shows.</summary>
        public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { Board, DeviceId, Firmware, Name, Date, Findings, Passed }, s_json))));

        /// <summary>The record as a document.</summary>
        /// <returns>JSON.</returns>
        public string ToJson() => JsonSerializer.Serialize(this, s_json) + "\n";

        /// <summary>The record as a page.</summary>
        /// <returns>The page.</returns>
        public HtmlReport ToPage() => new HtmlReport("Bring-up of " + Board, $"device {DeviceId} · firmware {Firmware} · {Date:yyyy-MM-dd HH:mm} · signed off by {Name}")
            .Figure("verdict", Passed ? "passed" : "FAILED", Passed ? FigureTone.Good : FigureTone.Bad)
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
}
