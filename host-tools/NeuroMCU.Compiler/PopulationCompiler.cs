// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler.Circuits;
using NeuroMCU.Compiler.Numbers;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Models;
using NeuroMCU.Networks;

namespace NeuroMCU.Compiler;

/// <summary>Turns one population into its table.</summary>
internal sealed class PopulationCompiler
{
    /// <summary>Compiles a population.</summary>
    /// <param name="step">Step in µs.</param>
    /// <param name="units">Units of membranes and currents on the device.</param>
    /// <returns>The table.</returns>
    public static PopulationTable Compile(
        Population population, UpdateScheme scheme, int step, DeviceUnits units, QuantisationLog log, ICollection<Diagnostic> errors)
    {
        PopulationTable table = new()
        {
            Model = new SourceModel(),
            Update = scheme == UpdateScheme.Clocked ? UpdateKind.Clocked : UpdateKind.Event,
            Recorded = population.Recorded,
            Size = population.Size,
        };
        if (population.Equations != null)
        {
            table.Model = new EquationModel();
            table.Program = units.Programs[population.Index]?.Program;
        }
        else if (population.Lif != null)
        {
            LifCompiler.Fill(table, population, step, units, log, errors);
        }
        else if (population.IsCircuit)
        {
            CircuitCompiler.Fill(table, population, step, units.Currents(population), log, errors);
        }

        return table;
    }
}
