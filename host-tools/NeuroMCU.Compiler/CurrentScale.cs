// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler.Circuits;
using NeuroMCU.Compiler.Numbers;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Models;

namespace NeuroMCU.Compiler;

/// <summary>
/// Chooses the unit in which the device counts the currents of a population: the coarsest in which every resistance and capacitance
/// fits and every state moves by enough units in a step, and no finer than the largest current allows.
/// </summary>
internal static class CurrentScale
{
    // One side of the range of an int, in units of current; a synapse block takes 16 times as much charge per step.
    private const double MostUnits = 1L << 31;
    private const double Microsecond = 1e-6;

    /// <summary>The unit of a population.</summary>
    /// <param name="channels">Whether its neurons are channels of a board, whose drive tables have a unit of their own.</param>
    /// <returns>The format; that of the channels where nothing else is needed.</returns>
    public static CurrentFormat Of(Network network, Population population, bool channels)
    {
        CurrentFormat chosen = CurrentFormat.OfChannels;
        if (!population.IsCircuit || channels)
        {
            return chosen;
        }

        double largest = Largest(network, population);
        double weakest = WeakestReceptor(network, population);
        bool alike = population.Parameters.Values.All(p => p.IsUniform);
        for (int bits = CurrentFormat.Coarsest; bits <= CurrentFormat.Finest; bits++)
        {
            CurrentFormat format = new(bits);
            bool fine = largest / format.Unit > MostUnits;
            bool coarse = weakest / format.Unit < StepResolution.Least;
            for (int i = 0; i < (alike ? 1 : population.Size) && !fine; i++)
            {
                CircuitNeuron neuron = new(population, i, network.Step, format, new QuantisationLog(), []);
                population.Circuit!.Encode(neuron);
                fine |= neuron.TooFine;
                coarse |= neuron.TooCoarse || population.Circuit.StepChanges(name => population.Value(name, i), network.Step, format)
                    .Any(change => change.Units < StepResolution.Least);
            }

            if (fine)
            {
                break;
            }

            chosen = format;
            if (!coarse)
            {
                break;
            }
        }

        return chosen;
    }

    /// <summary>By how much the current that a volley makes decays in a step.</summary>
    /// <param name="receptor">Number of the receptor.</param>
    /// <returns>The change of a stage of the synapse block in A, times 2^8 as it counts finer by that; null without synapses.</returns>
    public static double? DecayOf(Network network, Population population, FanIn fanIn, int receptor)
    {
        double coulombs = fanIn.Largest(receptor, false) * 1e-9;
        double tau = population.Receptors[receptor].Tau;
        return coulombs > 0 ? coulombs / (tau * Microsecond) * (1 - Math.Exp(-network.Step / tau)) * StageUnits : null;
    }

    // A stage of the synapse block holds 2^-8 units.
    private const double StageUnits = 1 << 8;

    private static double WeakestReceptor(Network network, Population population)
    {
        FanIn fanIn = FanIn.Of(network, population);
        return Enumerable.Range(0, population.Receptors.Count)
            .Min(r => DecayOf(network, population, fanIn, r)) ?? double.PositiveInfinity;
    }

    // What a neuron gets at most: bias and all steps of drive, which may be half of the range, and one volley of all its synapses.
    private static double Largest(Network network, Population population)
    {
        double bias = Enumerable.Range(0, population.Size).Max(i => Math.Abs(population.Value("bias", i))) * 1e-6;
        double drive = network.Drives.Where(d => d.Population.Index == population.Index).Sum(d => Math.Abs(d.Amplitude)) * 1e-6;
        FanIn fanIn = FanIn.Of(network, population);
        double[] charges = [.. Enumerable.Range(0, population.Receptors.Count).Select(r => fanIn.Largest(r, false) * 1e-9)];
        double volley = charges.Select((c, r) => c * (1 - Math.Exp(-network.Step / population.Receptors[r].Tau))).Sum()
            / (network.Step * Microsecond);
        double arriving = charges.DefaultIfEmpty(0).Max() / (network.Step * Microsecond)
            / (1 << (Formats.CurrentBits - Formats.ChargeBits));
        return Math.Max(Math.Max(2 * (bias + drive), volley), arriving);
    }
}
