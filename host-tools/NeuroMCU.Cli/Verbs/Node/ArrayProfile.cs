// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using NeuroMCU.Laboratory.Models;

namespace NeuroMCU.Cli.Verbs.Node;

/// <summary>The profile of an array of devices that were measured, for the virtual bench.</summary>
internal static class ArrayProfile
{
    /// <summary>Writes one.</summary>
    /// <param name="fit">What was found.</param>
    /// <param name="trace">What was measured.</param>
    /// <param name="source">Name of the table.</param>
    /// <returns>The text of the profile.</returns>
    public static string Of(MemoryFit fit, MemoryTrace trace, string source)
    {
        double most = trace.Volts.Zip(trace.Amperes).Where(p => p.First != 0).Select(p => Math.Abs(p.Second / p.First)).DefaultIfEmpty(1e-5)
            .Max();
        double full = Math.Clamp(Math.Max(most, fit.Numbers.GetValueOrDefault("G_max")), 1e-12, 2e-3);
        double pulse = fit.Numbers.GetValueOrDefault("V_p", 2);
        double width = fit.Numbers.GetValueOrDefault("t_p", 1e-3);
        double share = fit.Numbers.GetValueOrDefault("share", fit.Numbers.GetValueOrDefault("up", 0.16));
        StringBuilder text = new();
        text.Append("# An array of devices as ").Append(source).Append(" shows one, for the virtual bench: neuromcu node fit wrote it.\n")
            .Append("neuromcu-board: 1\nname: measured-array\n")
            .Append(CultureInfo.InvariantCulture, $"about: 8 x 8 nodes of {fit.Law} with the numbers of a measured device\n")
            .Append("psram: false\ncosts: esp32-psram-rev3\n\nlimits:\n  image_bytes: 24576\n  network_bytes: 57344\n\n")
            .Append("store:\n  root: 'I:\\'\n  bytes: 196608\n\nlamp: 4\n\nuart:\n  port: COM2\n  tx: 22\n  rx: 21\n  baud: 921600\n\n")
            .Append(CultureInfo.InvariantCulture, $"nodes:\n  kind: virtual\n  rows: 8\n  columns: 8\n  law: {fit.Law}\n")
            .Append("  parameters:              # SI units\n");
        foreach ((string name, double value) in fit.Numbers)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {name}: {value:G6}").Append(fit.Determined.Contains(name) ? "   # measured\n" : "\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"  full_scale: {full * 1e6:G4} uS\n  disturb: {Math.Min(0.5, pulse / 4):G3} V\n  settle: 500 ms\n")
            .Append("  read:\n    voltage: 0.1 V\n    time: 50 us\n")
            .Append(CultureInfo.InvariantCulture, $"  pulse:\n    voltage: {pulse:G4} V\n    width: {Math.Max(1, width * 1e6):F0} us\n    share: {share:G3}\n")
            .Append(CultureInfo.InvariantCulture, $"  limits:\n    voltage: {Math.Max(4, pulse):G4} V\n    width: 20 ms\n    current: {Math.Clamp(8e6 * full, 200, 90000):F0} uA\n");
        if (fit.Numbers.ContainsKey("V_form"))
        {
            text.Append("  form:\n    from: 2 V\n    to: 4 V\n    step: 0.1 V\n    width: 10 ms\n");
        }

        return text.Append("  spread:\n    device: 0.2\n    cycle: 0.05\n\ntcp_port: 0\nlink_loss: 3 s\nwatchdog: 2 s\n").ToString();
    }
}
