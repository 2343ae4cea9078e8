// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler.Numbers;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Models;

namespace NeuroMCU.Compiler.Circuits;

/// <summary>Turns a population of a circuit model into its table.</summary>
internal static class CircuitCompiler
{
    /// <summary>True when the device has to do something for the population at every step of the network.</summary>
    /// <returns>Whether it is clocked.</returns>
    public static bool IsClocked(Population population, bool twin)
        => population.Circuit!.IsStepped || population.Receptors.Count > 0 || (population.Channels.Count > 0 && !twin);

    /// <summary>Fills the table.</summary>
    /// <param name="step">Step in µs.</param>
    /// <param name="currents">Unit of its currents.</param>
    public static void Fill(PopulationTable table, Population population, int step, CurrentFormat currents, QuantisationLog log,
        ICollection<Diagnostic> errors)
    {
        CircuitModel model = population.Circuit!;
        table.Model = model.Device;
        table.Receptors = population.Receptors.Select(r => Receptor(population, r, step, log)).ToArray();
        table.Channels = [];
        bool alike = population.Parameters.Values.All(p => p.IsUniform);
        long[][] neurons = Enumerable.Range(0, alike ? 1 : population.Size)
            .Select(i => model.Encode(new CircuitNeuron(population, i, step, currents, log, errors)))
            .ToArray();
        table.Parameters = new long[neurons[0].Length][];
        for (int k = 0; k < table.Parameters.Length; k++)
        {
            long[] values = Array.ConvertAll(neurons, n => n[k]);
            table.Parameters[k] = Array.TrueForAll(values, v => v == values[0]) ? [values[0]] : values;
        }
    }

    private static ReceptorTable Receptor(Population population, ReceptorSpec receptor, int step, QuantisationLog log)
    {
        double decay = Math.Exp(-step / receptor.Tau);
        int factor = FixedPoint.Factor(decay);
        log.Note(population.Name, receptor.Name + " (decay per step)", decay, FixedPoint.FromFactor(factor), "1");
        return new ReceptorTable { Stages = receptor.Stages, Inhibitory = receptor.Sign < 0, Decay = factor };
    }
}
