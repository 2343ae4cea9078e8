// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler.Equations;
using NeuroMCU.Compiler.Numbers;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Compiler;

/// <summary>Compiles the populations of a network whose models are texts, and says what the rest of the compiler asks about them.</summary>
internal static class EquationPrograms
{
    private const double Microsecond = 1e-6;

    /// <summary>Compiles them.</summary>
    /// <returns>Programs by population; null for other models.</returns>
    public static IReadOnlyList<EquationProgram?> Of(Network network, QuantisationLog log, ICollection<Diagnostic> errors)
        => network.Populations.Select(p => p.Equations == null ? null : Compile(network, p, log, errors)).ToArray();

    /// <summary>A step of drive to a population.</summary>
    /// <returns>The table.</returns>
    public static DriveTable Drive(DriveInput drive, EquationProgram program, QuantisationLog log, ICollection<Diagnostic> errors)
    {
        ModelText model = drive.Population.Equations!.Model;
        DriveTable table = new()
        {
            Population = drive.Population.Index,
            First = drive.First,
            Count = drive.Count,
            Start = drive.Start,
            Stop = drive.Stop
        };
        if (model.Inputs.Count == 0)
        {
            errors.Add(Diagnostic.At(drive.Location, "drives `" + drive.Population.Name + "`, whose model `" + model.Name
                + "` has no input", "add one under `inputs` in the model, or remove the `dc`"));
            return table;
        }

        VariableFormat format = program.Variables[program.States];
        double unit = DisplayUnit.BaseOf(drive.Population.DriveDimension);
        int amplitude = ProgramBuilder.Raw(drive.Amplitude * unit, format.Exponent);
        if (Math.Abs((long)amplitude) > ImageLayout.MaxMembrane)
        {
            errors.Add(Diagnostic.At(
                drive.Location,
                "the amplitude is " + format.Unit.Text(drive.Amplitude * unit) + "; the range of `" + format.Name + "` is "
                + format.Unit.Text(format.Least) + " to " + format.Unit.Text(format.Most),
                "lower `amplitude`, or widen the range in the model"));
            return table;
        }

        log.Note(drive.Location.Path, "amplitude", drive.Amplitude, amplitude * format.Resolution / unit, drive.Population.DriveUnit);
        table.Amplitude = amplitude;
        return table;
    }

    /// <summary>Names and units of a population.</summary>
    /// <returns>The symbol; null for other models.</returns>
    public static PopulationSymbol? Symbol(Population population, DeviceUnits units)
    {
        if (units.Programs[population.Index] is not { } program)
        {
            return null;
        }

        VariableSymbol[] variables = program.Visible.Select(v => program.Variables[v])
            .Select(v => new VariableSymbol(v.Name, UnitValue(v), v.Unit.Symbol.Replace(' ', '*'))).ToArray();
        return new PopulationSymbol(population.Index, population.Name, variables[0].UnitValue, 0, variables[0].Unit, variables);
    }

    /// <summary>Warns of variables that left their declared range in the pilot run.</summary>
    /// <returns>The warnings.</returns>
    public static IEnumerable<Diagnostic> Warn(Network network, Activity activity)
    {
        foreach (Population population in network.Populations)
        {
            foreach ((string name, long count) in activity.Clipped[population.Index])
            {
                ModelNeurons neurons = population.Equations!;
                ModelState state = neurons.Model.States[neurons.Model.StateIndex(name)];
                Interval range = neurons.Range(state.Least, state.Most);
                string times = count == 1 ? "once" : count.ToString(CultureInfo.InvariantCulture) + " times";
                yield return Diagnostic.At(
                    population.Location,
                    "`" + name + "` of `" + population.Name + "` was cut off " + times + " at an end of its range, "
                    + state.Unit.Text(range.Least) + " to " + state.Unit.Text(range.Most) + ", in a pilot run",
                    "widen the `range` of `" + name + "` in the model `" + neurons.Model.Name + "`, or lower what drives it");
            }
        }
    }

    private static double UnitValue(VariableFormat variable) => variable.Resolution * Formats.MembraneOne / variable.Unit.Scale;

    private static EquationProgram? Compile(Network network, Population population, QuantisationLog log, ICollection<Diagnostic> errors)
    {
        ModelNeurons neurons = population.Equations!;
        int[] inlets = [.. network.Projections.Where(p => p.Target.Index == population.Index).Select(p => p.ReceptorIndex).Distinct()
            .Order()];
        try
        {
            if ((EquationFault.StartsOutside(neurons) ?? EquationFault.NeverFires(neurons)) is { } wrong)
            {
                errors.Add(wrong);
                return null;
            }

            EquationProgram program = EquationCompiler.Compile(neurons, network.Step * Microsecond, inlets);
            for (int i = program.States; i < program.States + neurons.Model.Inputs.Count; i++)
            {
                VariableFormat input = program.Variables[i];
                double bias = neurons.Values(input.Name)[0];
                log.Note(population.Name, input.Name, bias / input.Unit.Scale,
                    ProgramBuilder.Raw(bias, input.Exponent) * input.Resolution / input.Unit.Scale, input.Unit.Symbol);
            }

            return program;
        }
        catch (EquationException e)
        {
            errors.Add(EquationFault.Of(neurons, e, population.Name));
            return null;
        }
    }
}
