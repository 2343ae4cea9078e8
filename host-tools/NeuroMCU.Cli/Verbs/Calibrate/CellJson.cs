// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;

namespace NeuroMCU.Cli.Verbs.Calibrate;

/// <summary>Parameters of a neuron as <c>--json</c> prints them: the names of the network file, with their unit.</summary>
internal static class CellJson
{
    /// <summary>Makes the object.</summary>
    /// <returns>What to serialise.</returns>
    public static object Of(ThyristorCell cell) => new
    {
        CapacitanceUf = cell.Capacitance * 1e6,
        LoadOhm = cell.Load,
        ThresholdV = cell.Threshold,
        OnsetUa = cell.Onset * 1e6,
        HoldUa = cell.Hold * 1e6,
        KneeV = cell.Knee,
        OnVoltageV = cell.OnVoltage,
        OnResistanceOhm = cell.OnResistance,
        ReleaseMs = cell.Release * 1e3,
        OffResistanceOhm = 1 / cell.Leak,
    };
}
