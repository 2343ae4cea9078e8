// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler.Numbers;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Models;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Models;

namespace NeuroMCU.Compiler;

/// <summary>Makes the table of a population of leaky integrate-and-fire neurons.</summary>
internal sealed class LifCompiler
{
    private readonly Population _population;
    private readonly LifNeurons _lif;
    private readonly QuantisationLog _log;
    private readonly ICollection<Diagnostic> _errors;
    private readonly double _unit;
    private readonly double _currentScale;
    private readonly int _step;

    private LifCompiler(Population population, int step, DeviceUnits units, QuantisationLog log, ICollection<Diagnostic> errors)
    {
        _population = population;
        _lif = population.Lif!;
        _step = step;
        _log = log;
        _errors = errors;
        _unit = units.Membrane(population);
        _currentScale = units.Current(population) / _unit;
    }

    /// <summary>Fills the table of such a population.</summary>
    /// <param name="step">Step in µs.</param>
    /// <param name="units">Units of membranes and currents on the device.</param>
    public static void Fill(
        PopulationTable table, Population population, int step, DeviceUnits units, QuantisationLog log, ICollection<Diagnostic> errors)
    {
        new LifCompiler(population, step, units, log, errors).Fill(table);
    }

    private void Fill(PopulationTable table)
    {
        bool exponential = _population.HasExponentialSynapses;
        table.Model = exponential ? new ExponentialLif() : new Lif();
        table.Parameters = new long[exponential ? ExponentialLif.ParameterCount : Lif.ParameterCount][];
        table.Parameters[LeakyModel.Threshold] = Membrane("threshold", _lif.Threshold, _lif.Rest);
        table.Parameters[LeakyModel.ResetValue] = Membrane("reset", _lif.Reset, _lif.Rest);
        table.Parameters[LeakyModel.Equilibrium] = Membrane("bias", _lif.Bias, 0);
        table.Parameters[LeakyModel.Floor] = Membrane("floor", _lif.Floor, _lif.Rest);
        table.Parameters[LeakyModel.Initial] = Membrane("initial", _lif.Initial, _lif.Rest);
        table.Parameters[LeakyModel.Refractory] = _lif.Refractory.Values.Select(v => (long)v).ToArray();
        table.Parameters[LeakyModel.Reset] = [_lif.ResetBy == ResetRule.Subtraction ? ResetKind.Subtract : ResetKind.Value];
        if (exponential)
        {
            FillCurrents(table.Parameters);
            return;
        }

        bool events = table.Update == UpdateKind.Event;
        table.Parameters[Lif.LeakRate] = events ? _lif.Tau.Values.Select(LeakRate).ToArray() : [0];
        table.Parameters[Lif.Decay] = events ? [0] : Decays();
    }

    private void FillCurrents(long[][] parameters)
    {
        double excitatory = _lif.TauExcitatory;
        double inhibitory = _lif.TauInhibitory;
        parameters[ExponentialLif.Decay] = Decays();
        parameters[ExponentialLif.ExcitatoryDecay] = [Factor("tau_excitatory (decay per step)", Math.Exp(-_step / excitatory))];
        parameters[ExponentialLif.InhibitoryDecay] = [Factor("tau_inhibitory (decay per step)", Math.Exp(-_step / inhibitory))];
        parameters[ExponentialLif.ExcitatoryCoupling] = Couplings("excitatory coupling", excitatory);
        parameters[ExponentialLif.InhibitoryCoupling] = Couplings("inhibitory coupling", inhibitory);
    }

    private long[] Decays() => _lif.Tau.Values.Select(tau => (long)Factor("tau (decay per step)", Math.Exp(-_step / tau))).ToArray();

    private long[] Couplings(string name, double synapse) =>
        _lif.Tau.Values.Select(tau => (long)Factor(name, LifUnits.Coupling(_step, tau, synapse), _currentScale)).ToArray();

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

            double distances = (wanted - origin) / _population.Distance;
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
