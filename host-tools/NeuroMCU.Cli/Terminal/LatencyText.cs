// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Internet.Clocks;

namespace NeuroMCU.Cli.Terminal;

/// <summary>Latencies in words and in documents.</summary>
internal static class LatencyText
{
    public static string Of(LatencyHistogram latency) => latency.Count == 0
        ? "none"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"p50 {latency.Percentile(0.5) / 1e3:0.##} ms, p99 {latency.Percentile(0.99) / 1e3:0.##} ms, p99.9 "
            + $"{latency.Percentile(0.999) / 1e3:0.##} ms");

    public static object? Document(LatencyHistogram latency) => latency.Count == 0
        ? null
        : new
        {
            latency.Count,
            P50Us = latency.Percentile(0.5),
            P99Us = latency.Percentile(0.99),
            P999Us = latency.Percentile(0.999),
            LargestUs = latency.Largest,
        };
}
