// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Cli.Verbs.Calibrate;

/// <summary>What <c>calibrate --csv</c> was asked for.</summary>
/// <param name="Capacitance">Capacitance as typed, or null.</param>
/// <param name="Load">Load as typed, or null.</param>
/// <param name="Report">File for the report, or null.</param>
/// <param name="Figure">Picture of the figures, or null.</param>
internal sealed record CsvFitOptions(string File, string Preset, string? Capacitance, string? Load, string? Report, string? Figure);
