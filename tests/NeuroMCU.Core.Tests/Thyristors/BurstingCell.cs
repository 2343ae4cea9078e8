// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Models;

namespace NeuroMCU.Core.Tests.Thyristors;

/// <summary>A bursting thyristor neuron in SI units.</summary>
internal sealed record BurstingCell(double SomaResistance, double SomaCapacitance = 0.1e-6, double Capacitance = 10e-6)
{
    private const double Threshold = 0.92;
    private const double Knee = 0.83;
    private const double Onset = 32.3e-6;
    private const double OnVoltage = 0.70;
    private const double OnResistance = 25;
    private const double Hold = 127.9e-6;

    internal PopulationTable Table(int size, double bias, double memory = 0, double memoryTime = 0.3e-3, double release = 0)
    {
        double volts = Math.Pow(2, 32);
        long[][] parameters = new long[Bursting.ParameterCount][];
        void Set(int place, double value) => parameters[place] = [(long)Math.Round(value)];
        Set(Bursting.Threshold, Threshold * volts);
        Set(Bursting.Knee, Knee * volts);
        Set(Bursting.OnVoltage, OnVoltage * volts);
        Set(Bursting.HoldVoltage, (OnVoltage + (Hold * OnResistance)) * volts);
        Set(Bursting.Release, release * 1e6 * Math.Pow(2, 16));
        Set(Bursting.Memory, memory * volts);
        Set(Bursting.MemoryRate, Rate(1 / memoryTime));
        Set(Bursting.Ramp, Cell.Unit * 1e-6 / Capacitance * Math.Pow(2, 80));
        Set(Bursting.SomaGain, Gain(SomaResistance));
        Set(Bursting.SomaRate, Rate(1 / (SomaResistance * SomaCapacitance)));
        Set(Bursting.Bias, bias / Cell.Unit);
        Set(Bursting.Initial, 0);
        Conduct(Bursting.Leaking, Onset / (Threshold - Knee), Set);
        Conduct(Bursting.Conducting, 1 / OnResistance, Set);
        return new PopulationTable
        {
            Model = new Bursting(),
            Update = UpdateKind.Event,
            Recorded = true,
            Size = size,
            Parameters = parameters,
            Receptors = [],
            Channels = [],
        };
    }

    private static double Rate(double perSecond) => perSecond * 1e-6 / Math.Log(2) * Math.Pow(2, 40);

    private static double Gain(double ohms) => ohms * Cell.Unit * Math.Pow(2, 66);

    // d(V, V_s)/dt = M (V, V_s) for deviations. With the eigenvalues p, q of M (q the slower), the slow part of one is (M − p)/(q − p)
    // times it.
    private void Conduct(int place, double g, Action<int, double> set)
    {
        double m11 = -g / Capacitance;
        double m12 = g / Capacitance;
        double m21 = g / SomaCapacitance;
        double m22 = -(g + (1 / SomaResistance)) / SomaCapacitance;
        double middle = (m11 + m22) / 2;
        double half = Math.Sqrt((middle * middle) - ((m11 * m22) - (m12 * m21)));
        double p = middle - half;
        double q = middle + half;
        set(place + Bursting.Gain, Gain(1 / g));
        set(place + Bursting.FastRate, Rate(-p));
        set(place + Bursting.SlowRate, Rate(-q));
        double[] slow = [m11 - p, m12, m21, m22 - p];
        for (int k = 0; k < 4; k++)
        {
            set(place + Bursting.Shares + k, slow[k] / (q - p) * Math.Pow(2, 31));
        }
    }
}
