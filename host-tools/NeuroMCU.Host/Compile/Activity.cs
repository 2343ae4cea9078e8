// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using System.Linq;
using MathNet.Numerics.Distributions;
using NeuroMCU.Host.Networks;
using NeuroMCU.Host.Reference;

namespace NeuroMCU.Host.Compile
{
    /// <summary>Spike rates of a network, measured in a short pilot run of the reference simulator.</summary>
    internal sealed class Activity
    {
        private const long MostTime = 1000000;
        private const long MostEvents = 300000;
        private const double HearingRate = 50;

        private Activity(double[] rates, double[] inputRates, double[] arrivalRates, int rowsPeak)
        {
            Rates = rates;
            InputRates = inputRates;
            ArrivalRates = arrivalRates;
            RowsPeak = rowsPeak;
        }

        /// <summary>Spikes per second and neuron, by population.</summary>
        public IReadOnlyList<double> Rates { get; }

        /// <summary>Synaptic events per second, by population.</summary>
        public IReadOnlyList<double> InputRates { get; }

        /// <summary>Arrivals per second, by population: synapses that one spike reaches at the same time count once.</summary>
        public IReadOnlyList<double> ArrivalRates { get; }

        /// <summary>Largest number of rows (one per spike and projection) that were on their way at the same time.</summary>
        public int RowsPeak { get; }

        /// <summary>Runs the pilot: up to one second of the network's time, less when it is busy.</summary>
        /// <param name="network">The network.</param>
        /// <returns>The rates.</returns>
        public static Activity Measure(Network network)
        {
            ReferenceSimulator pilot = new(network);
            pilot.Run(Math.Min(network.Duration, MostTime), Listening(network), MostEvents);
            double seconds = Math.Max(1, pilot.Reached) / 1e6;
            return new Activity(
                network.Populations.Select(p => pilot.Fired[p.Index] / seconds / p.Size).ToArray(),
                pilot.SynapticEvents.Select(a => a / seconds).ToArray(),
                pilot.Arrivals.Select(a => a / seconds).ToArray(),
                pilot.RowsPeak);
        }

        // What microphones will hear is not known at compile time: each band is taken to fire at random at the front end's
        // usual limit, 5 spikes in a block of 100 ms.
        private static IEnumerable<StoredSpike> Listening(Network network)
        {
            if (network.Hearing == null)
            {
                yield break;
            }

            Random random = RandomStreams.Create(network.Seed, "hearing pilot");
            Population left = network.Hearing.Left;
            Population right = network.Hearing.Right;
            for (int band = 0; band < left.Size; band++)
            {
                for (double t = Exponential.Sample(random, HearingRate); t < MostTime / 1e6; t += Exponential.Sample(random, HearingRate))
                {
                    int time = (int)(t * 1e6);
                    yield return new StoredSpike(left.FirstNeuron + band, time);
                    yield return new StoredSpike(right.FirstNeuron + band, time);
                }
            }
        }
    }
}
