// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;

namespace NeuroMCU.Networks.Models;

/// <summary>The values that all neurons with a thyristor have in common: its own, and those of the capacitor across it.</summary>
internal static class ThyristorPart
{
    /// <summary>Capacitor and thyristor in SI units, without load and memory.</summary>
    public static ThyristorCell CellOf(Func<string, double> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new ThyristorCell
        {
            Capacitance = value("capacitance") * 1e-6,
            Load = 0,
            Threshold = value("threshold") * 1e-3,
            Onset = value("onset") * 1e-6,
            Knee = value("knee") * 1e-3,
            Hold = value("hold") * 1e-6,
            OnVoltage = value("on_voltage") * 1e-3,
            OnResistance = value("on_resistance") * 1e3,
            Release = value("release") * 1e-6,
        };
    }

    /// <summary>What <see cref="CellOf" /> reads, and no bias and initial voltage.</summary>
    public static Dictionary<string, double> ValuesOf(ThyristorCell cell) => new(StringComparer.Ordinal)
    {
        ["capacitance"] = cell.Capacitance * 1e6,
        ["threshold"] = cell.Threshold * 1e3,
        ["onset"] = cell.Onset * 1e6,
        ["knee"] = cell.Knee * 1e3,
        ["hold"] = cell.Hold * 1e6,
        ["on_voltage"] = cell.OnVoltage * 1e3,
        ["on_resistance"] = cell.OnResistance / 1e3,
        ["release"] = cell.Release * 1e6,
        ["bias"] = 0,
        ["initial"] = 0,
    };
}
