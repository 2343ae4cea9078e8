// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration.Phase;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Parts;
using NeuroMCU.VirtualBench.Circuits;

namespace NeuroMCU.Laboratory.Reproductions.Figures;

/// <summary>Mode of the bursting neuron over soma time constant and current, swept on the circuit of the virtual board.</summary>
internal static class PhaseDiagram
{
    private const double SomaCapacitance = 0.1e-6;

    /// <summary>Mode of a settled train of the 10 µF neuron.</summary>
    /// <param name="current">Current in µA.</param>
    /// <returns>The mode.</returns>
    public static BurstMode Mode(IReadOnlyList<double> spikes, double current) =>
        BurstModes.Classify(spikes, BurstModes.ChargingTime(ThyristorPresets.Get("w23"), current * 1e-6));

    /// <summary>Name of a mode as in the paper.</summary>
    /// <returns>Such as <c>ts</c>.</returns>
    public static string Short(BurstMode mode) => mode switch
    {
        BurstMode.Tonic => "ts",
        BurstMode.Fast => "fs",
        BurstMode.Bursting => "ib1",
        BurstMode.PlateauBursting => "ib2",
        _ => "silent",
    };

    /// <summary>Sweeps and draws.</summary>
    /// <returns>The <c>svg</c> element.</returns>
    public static string Draw(CircuitLaboratory lab)
    {
        (double Tau, double Current, BurstMode Mode)[] points = lab.Once("phase diagram", Sweep);
        return PhasePlot.Draw(points, []);
    }

    private static (double Tau, double Current, BurstMode Mode)[] Sweep()
    {
        Network network = NetworkFile.Parse("neuromcu: 1\npopulations:\n  cells: {model: bursting, size: 1}\n", "sweep.yaml");
        BurstingCell cell = network.Populations[0].PartOf(0)!.Bursting!;
        List<(double Tau, double Current, BurstMode Mode)> points = [];
        for (int t = 0; t <= 10; t++)
        {
            double tau = Math.Max(0.01, 0.05 * t);
            for (double current = 30; current <= 145; current += 5)
            {
                BurstingCircuit circuit = new BurstingCircuit(cell with
                {
                    SomaResistance = tau * 1e-3 / SomaCapacitance,
                    SomaCapacitance = SomaCapacitance
                });
                points.Add((tau, current, Mode(CircuitRates.Spikes(circuit, current * 1e-6, 0.35, 0.25), current)));
            }
        }

        return points.ToArray();
    }
}
