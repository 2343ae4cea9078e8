// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Models;

namespace NeuroMCU.Core.Tests.Thyristors;

/// <summary>A thyristor neuron in SI units (V, A, F, Ω, s), and what follows from it in closed form.</summary>
internal sealed record Cell(
    double Capacitance, double Load, double Threshold, double Onset, double Knee, double Hold, double OnVoltage, double OnResistance,
    double Release, double Memory = 0, double MemoryTime = 0)
{
    /// <summary>Current of one unit of the engine, in A.</summary>
    internal const double Unit = 1e-9 / (1 << Formats.CurrentBits);

    internal static readonly Cell W23 = new(10e-6, 47, 0.92, 32.3e-6, 0.83, 127.9e-6, 0.70, 25, 0.3e-3);
    internal static readonly Cell W25 = new(0.1e-6, 2000, 2.6, 46.4e-6, 0.61, 108e-6, 0.70, 25, 1.8e-3);
    internal static readonly Cell W25Small = new(33e-9, 2000, 2.6, 48.95e-6, 0.61, 125e-6, 0.70, 25, 1.03e-3, 3e-3, 20e-3);

    private double Leak => (Threshold - Knee) / Onset;

    private double On => OnResistance + Load;

    internal double HoldVoltage => OnVoltage + (Hold * On);

    internal static int Current(double amperes) => (int)Math.Round(amperes / Unit);

    /// <summary>Rate in Hz at a constant current, without threshold memory; 0 when silent or blocked.</summary>
    internal double Rate(double current)
    {
        if (current <= Onset || current >= Hold)
        {
            return 0;
        }

        double tau = Capacitance * On;
        double end = OnVoltage + (current * On);
        double time = tau * Math.Log((Threshold - end) / (HoldVoltage - end));
        double v = end + ((HoldVoltage - end) * Math.Exp(-Release / tau));
        time += Release;
        if (v < Knee)
        {
            time += Capacitance * (Knee - v) / current;
            v = Knee;
        }

        end = Knee + (current * Leak);
        return 1 / (time + (Leak * Capacitance * Math.Log((end - v) / (end - Threshold))));
    }

    internal PopulationTable Table(int size, params double[] bias)
    {
        long[][] parameters = new long[Thyristor.ParameterCount][];
        double volts = Math.Pow(2, 32);
        void Set(int place, double value) => parameters[place] = [(long)Math.Round(value)];
        Set(Thyristor.Ramp, Unit / Capacitance * 1e-6 * Math.Pow(2, 80));
        Set(Thyristor.Threshold, Threshold * volts);
        Set(Thyristor.Knee, Knee * volts);
        Set(Thyristor.LeakGain, Leak * Unit * volts * Math.Pow(2, 34));
        Set(Thyristor.LeakRate, Math.Log2(Math.E) / (Leak * Capacitance * 1e6) * Math.Pow(2, 40));
        Set(Thyristor.OnVoltage, OnVoltage * volts);
        Set(Thyristor.OnGain, On * Unit * volts * Math.Pow(2, 34));
        Set(Thyristor.OnRate, Math.Log2(Math.E) / (On * Capacitance * 1e6) * Math.Pow(2, 40));
        Set(Thyristor.HoldVoltage, HoldVoltage * volts);
        Set(Thyristor.Release, Release * 1e6 * 65536);
        Set(Thyristor.Memory, Memory * volts);
        Set(Thyristor.MemoryTime, MemoryTime * 1e6 * 65536);
        Set(Thyristor.Onset, Onset * 1e9 * Math.Pow(2, 16));
        Set(Thyristor.Hold, Hold * 1e9 * Math.Pow(2, 16));
        parameters[Thyristor.Bias] = Array.ConvertAll(bias, b => (long)Current(b));
        Set(Thyristor.Initial, 0);
        return new PopulationTable
        {
            Model = new Thyristor(),
            Update = UpdateKind.Event,
            Recorded = true,
            Size = size,
            Parameters = parameters,
            Receptors = [],
            Channels = [],
        };
    }

    /// <summary>Gives a table a receptor; the population is stepped from then on.</summary>
    internal static PopulationTable WithReceptor(PopulationTable table, int stages, bool inhibitory, double tau, int step)
    {
        table.Update = UpdateKind.Clocked;
        table.Receptors = [.. table.Receptors, new ReceptorTable { Stages = stages, Inhibitory = inhibitory,
            Decay = Support.Build.Q31(Math.Exp(-step / (tau * 1e6))) }];
        return table;
    }
}
