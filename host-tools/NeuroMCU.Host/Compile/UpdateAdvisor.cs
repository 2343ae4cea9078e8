// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Generic;
using System.Linq;
using NeuroMCU.Host.Networks;

namespace NeuroMCU.Host.Compile
{
    /// <summary>Chooses event-driven or clocked for each population, and says what both would cost.</summary>
    internal static class UpdateAdvisor
    {
        /// <summary>Advises on all populations of neurons.</summary>
        /// <param name="network">The network.</param>
        /// <param name="activity">Its spike rates.</param>
        /// <returns>One advice per population with a membrane, in order.</returns>
        public static IReadOnlyList<UpdateAdvice> Advise(Network network, Activity activity)
        {
            return network.Populations.Where(p => p.Model == NeuronModel.Lif).Select(p => Advise(network, p, activity)).ToArray();
        }

        private static UpdateAdvice Advise(Network network, Population population, Activity activity)
        {
            bool exponential = population.Synapse == SynapseShape.Exponential;
            double arrivals = activity.InputRates[population.Index];
            double spikes = activity.Rates[population.Index] * population.Size;
            double steps = 1e6 / network.Step;
            double update = CostModel.ClockedUpdate + (exponential ? CostModel.ExponentialUpdate : 0);
            double together = activity.ArrivalRates[population.Index];
            double clocked = (steps * (CostModel.ClockedStep + (population.Size * update)))
                + (together * (CostModel.Arrival + CostModel.ClockedArrival)) + (arrivals * CostModel.ClockedSynapse);
            double crossings = Driven(network, population) ? arrivals + spikes : 0;
            double events = exponential
                ? double.PositiveInfinity
                : (together * CostModel.Arrival) + (arrivals * CostModel.EventSynapse) + (crossings * CostModel.Crossing);
            string cheaper = events <= clocked ? "event" : "clocked";
            string chosen = population.Update switch
            {
                UpdateScheme.Event => "event",
                UpdateScheme.Clocked => "clocked",
                _ => cheaper,
            };
            return new UpdateAdvice(population.Name, chosen, events, clocked, arrivals, activity.Rates[population.Index]);
        }

        /// <summary>True when a neuron's equilibrium may lie above its threshold: only then are there crossings to compute; the others fire on arrivals alone.</summary>
        /// <param name="network">The network.</param>
        /// <param name="population">A population.</param>
        /// <returns>Whether crossings are computed.</returns>
        public static bool Driven(Network network, Population population)
        {
            if (population.Model != NeuronModel.Lif)
            {
                return false;
            }

            double drive = network.Drives.Where(d => d.Population.Index == population.Index && d.Amplitude > 0).Sum(d => d.Amplitude);
            return Enumerable.Range(0, population.Size).Any(i => population.Rest + population.Bias.At(i) + drive > population.Threshold.At(i));
        }
    }
}
