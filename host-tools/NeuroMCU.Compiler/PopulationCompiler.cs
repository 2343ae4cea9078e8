// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler.Circuits;
using NeuroMCU.Compiler.Numbers;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;
using NeuroMCU.Models;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Models;

namespace NeuroMCU.Compiler;

/// <summary>Turns one population into its table.</summary>
internal sealed class PopulationCompiler
{
    private readonly Population _population;
    private readonly QuantisationLog _log;
    private readonly ICollection<Diagnostic> _errors;
    private readonly double _unit;
    private readonly double _currentScale;
    private readonly int _step;

    private PopulationCompiler(Population population, int step, DeviceUnits units, QuantisationLog log, ICollection<Diagnostic> errors)
    {
        _population = population;
        _step = step;
        _log = log;
        _errors = errors;
        _unit = units.Membrane(population);
        _currentScale = units.Current(population) / _unit;
    }

    /// <summary>Compiles a population.</summary>
    /// <param name="step">Step in µs.</param>
    /// <param name="units">Units of membranes and currents on the device.</param>
    /// <returns>The table.</returns>
    public static PopulationTable Compile(
        Population population, UpdateScheme scheme, int step, DeviceUnits units, QuantisationLog log, ICollection<Diagnostic> errors)
    {
        PopulationTable table = new()
        {
            Model = population.Model == NeuronModel.Lif ? new Lif() : new SourceModel(),
            Update = scheme == UpdateScheme.Clocked ? UpdateKind.Clocked : UpdateKind.Event,
            Recorded = population.Recorded,
            Size = population.Size,
        };
        if (population.Equations != null)
        {
            table.Model = new EquationModel();
            table.Program = units.Programs[population.Index]?.Program;
        }
        else if (population.Model == NeuronModel.Lif)
        {
            new PopulationCompiler(population, step, units, log, errors).FillLif(table);
        }
        else if (population.IsCircuit)
        {
            CircuitCompiler.Fill(table, population, step, log, errors);
        }

        return table;
    }

    private void FillLif(PopulationTable table)
    {
        bool exponential = _population.Synapse == SynapseShape.Exponential;
        table.Model = exponential ? new ExponentialLif() : new Lif();
        table.Parameters = new long[exponential ? ExponentialLif.ParameterCount : Lif.ParameterCount][];
        table.Parameters[LeakyModel.Threshold] = Membrane("threshold", _population.Threshold, _population.Rest);
        table.Parameters[LeakyModel.ResetValue] = Membrane("reset", _population.Reset, _population.Rest);
        table.Parameters[LeakyModel.Equilibrium] = Membrane("bias", _population.Bias, 0);
        table.Parameters[LeakyModel.Floor] = Membrane("floor", _population.Floor, _population.Rest);
        table.Parameters[LeakyModel.Initial] = Membrane("initial", _population.Initial, _population.Rest);
        table.Parameters[LeakyModel.Refractory] = _population.Refractory.Values.Select(v => (long)v).ToArray();
        table.Parameters[LeakyModel.Reset] = [_population.ResetBy == ResetRule.Subtraction ? ResetKind.Subtract : ResetKind.Value];
        if (exponential)
        {
            FillCurrents(table.Parameters);
            return;
        }

        bool events = table.Update == UpdateKind.Event;
        table.Parameters[Lif.LeakRate] = events ? _population.Tau.Values.Select(LeakRate).ToArray() : [0];
        table.Parameters[Lif.Decay] = events ? [0] : Decays();
    }

    private void FillCurrents(long[][] parameters)
    {
        double excitatory = _population.TauExcitatory;
        double inhibitory = _population.TauInhibitory;
        parameters[ExponentialLif.Decay] = Decays();
        parameters[ExponentialLif.ExcitatoryDecay] = [Factor("tau_excitatory (decay per step)", Math.Exp(-_step / excitatory))];
        parameters[ExponentialLif.InhibitoryDecay] = [Factor("tau_inhibitory (decay per step)", Math.Exp(-_step / inhibitory))];
        parameters[ExponentialLif.ExcitatoryCoupling] = Couplings("excitatory coupling", excitatory);
        parameters[ExponentialLif.InhibitoryCoupling] = Couplings("inhibitory coupling", inhibitory);
    }

    private long[] Decays() => _population.Tau.Values.Select(tau => (long)Factor("tau (decay per step)", Math.Exp(-_step / tau))).ToArray();

    private long[] Couplings(string name, double synapse) =>
        _population.Tau.Values.Select(tau => (long)Factor(name, DeviceUnits.Coupling(_step, tau, synapse), _currentScale)).ToArray();

    private long[] Membrane(string name, NeuronParameter parameter, double origin)
    {
        long[] values = new long[parameter.Values.Count];
        for (int i = 0; i < values.Length; i++)
        {
            double wanted = parameter.Values[i];
            if (double.IsNegativeInfinity(wanted))
            {
                values[i] = int.MinValue;
                continue;
            }

            double distances = (wanted - origin) / MembraneScale.UnitOf(_population);
            if (Math.Abs(distances) > FixedPoint.MembraneLimit)
            {
                Refuse(parameter.Location, name, wanted, distances);
                continue;
            }

            values[i] = FixedPoint.Membrane((wanted - origin) / _unit);
            _log.Note(_population.Name, name, wanted, (FixedPoint.FromMembrane((int)values[i]) * _unit) + origin, _population.MembraneUnit);
        }

        return values;
    }

    private void Refuse(SourceLocation location, string name, double wanted, double relative)
    {
        string value = string.Create(CultureInfo.InvariantCulture,
            $"{wanted:R}{(string.Equals(_population.MembraneUnit, "1", StringComparison.Ordinal) ? string.Empty : " " + _population.MembraneUnit)}");
        _errors.Add(Diagnostic.At(
            location,
            string.Create(CultureInfo.InvariantCulture,
                $"`{name}` {value} lies {Math.Abs(relative):F0} times the threshold away from rest; the device holds "
                + $"{FixedPoint.MembraneLimit:F0} times"),
            "bring it nearer to the threshold, or check the units"));
    }

    private long LeakRate(double tau)
    {
        long rate = Math.Clamp(FixedPoint.LeakRate(tau), ImageLayout.MinLeakRate, ImageLayout.MaxLeakRate);
        _log.Note(_population.Name, "tau", tau, FixedPoint.TauOfLeakRate(rate), "us");
        return rate;
    }

    private int Factor(string name, double value, double scale = 1)
    {
        int factor = FixedPoint.Factor(value * scale);
        _log.Note(_population.Name, name, value, FixedPoint.FromFactor(factor) / scale, "1");
        return factor;
    }
}
