// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;

namespace NeuroMCU.Reference;

/// <summary>What both update schemes of the leaky integrate-and-fire neuron share; values are relative to rest, in the membrane unit of
/// the file.</summary>
internal abstract class LifTwin : ReferenceModel
{
    /// <summary>Sets up a population.</summary>
    protected LifTwin(Population population, IReferenceClock clock)
        : base(population, clock)
    {
        int n = population.Size;
        Membrane = new double[n];
        Threshold = new double[n];
        Floor = new double[n];
        Equilibrium = new double[n];
        Tau = new double[n];
        Refractory = new long[n];
        for (int i = 0; i < n; i++)
        {
            Membrane[i] = population.Lif!.Initial.At(i) - population.Lif!.Rest;
            Threshold[i] = population.Lif!.Threshold.At(i) - population.Lif!.Rest;
            Floor[i] = population.Lif!.Floor.At(i) - population.Lif!.Rest;
            Equilibrium[i] = population.Lif!.Bias.At(i);
            Tau[i] = population.Lif!.Tau.At(i);
            Refractory[i] = (long)population.Lif!.Refractory.At(i);
        }
    }

    /// <summary>Membrane u.</summary>
    protected double[] Membrane { get; }

    /// <summary>Threshold θ.</summary>
    protected double[] Threshold { get; }

    /// <summary>Lower bound; negative infinity for none.</summary>
    protected double[] Floor { get; }

    /// <summary>Equilibrium e, drive included.</summary>
    protected double[] Equilibrium { get; }

    /// <summary>Membrane time constant in µs.</summary>
    protected double[] Tau { get; }

    /// <summary>Refractory period in µs.</summary>
    protected long[] Refractory { get; }

    /// <summary>Applies the reset rule.</summary>
    protected void ApplyReset(int neuron)
    {
        double reset = Population.Lif!.Reset.At(neuron) - Population.Lif!.Rest;
        double after = Population.Lif!.ResetBy == ResetRule.Value ? reset : Membrane[neuron] - (Threshold[neuron] - reset);
        Membrane[neuron] = Math.Max(after, Floor[neuron]);
    }
}
