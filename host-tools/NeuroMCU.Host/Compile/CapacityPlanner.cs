// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Linq;
using NeuroMCU.Core.Image;
using NeuroMCU.Host.Networks;

namespace NeuroMCU.Host.Compile
{
    /// <summary>Sizes the queues of the device from rates and delays.</summary>
    internal static class CapacityPlanner
    {
        private const double Burst = 5;
        private const double LeastPeakRate = 100;
        private const double MicroPerSecond = 1e6;
        private const int LeastQueue = 16;
        private const int LeastSpikes = 128;
        private const int MostSpikes = 1024;

        /// <summary>Places of the event queue: one per spike and projection that may be on its way at the same time.</summary>
        /// <param name="network">The network.</param>
        /// <param name="activity">Its spike rates.</param>
        /// <returns>
        /// For each row, one place plus what a burst at five times the pilot's rate (at least 100 Hz, at most the refractory period allows) puts on
        /// the way during the row's longest delay.
        /// </returns>
        public static int Queue(Network network, Activity activity)
        {
            double places = 0;
            foreach (Projection projection in network.Projections)
            {
                double peak = Math.Max(LeastPeakRate, Burst * activity.Rates[projection.Source.Index]);
                double shortest = projection.Source.Model == NeuronModel.Lif ? projection.Source.Refractory.Values.Min() : 0;
                if (shortest > 0)
                {
                    peak = Math.Min(peak, MicroPerSecond / shortest);
                }

                places += projection.Connections.GroupBy(c => c.Pre).Sum(row => 1 + Math.Ceiling(row.Max(c => c.Delay) / MicroPerSecond * peak));
            }

            return (int)Math.Clamp(places, LeastQueue, ImageLayout.MaxQueueCapacity);
        }

        /// <summary>Places of the spike ring: a tenth of a second of the pilot's rate, and at least two spikes of every recorded neuron.</summary>
        /// <param name="network">The network.</param>
        /// <param name="activity">Its spike rates.</param>
        /// <returns>From 128 to 1024 places.</returns>
        public static int Spikes(Network network, Activity activity)
        {
            double rate = network.Populations.Where(p => p.Recorded).Sum(p => p.Size * activity.Rates[p.Index]);
            int neurons = network.Populations.Where(p => p.Recorded).Sum(p => p.Size);
            return (int)Math.Clamp(Math.Max(rate / 10, 2.0 * neurons), LeastSpikes, MostSpikes);
        }
    }
}
