// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Linq;
using NeuroMCU.Core.Image;
using NeuroMCU.Host.Networks;

namespace NeuroMCU.Host.Compile
{
    /// <summary>Sizes the queues of the device from a pilot run.</summary>
    internal static class CapacityPlanner
    {
        private const int Burst = 2;
        private const int LeastQueue = 32;
        private const int LeastSpikes = 128;
        private const int MostSpikes = 1024;
        private const double WireGap = 0.04;

        /// <summary>Places of the event queue: one per spike and projection that may be on its way at the same time.</summary>
        /// <param name="network">The network.</param>
        /// <param name="activity">Its spike rates.</param>
        /// <returns>Twice the peak of the pilot run, and enough for a quarter of all rows at once.</returns>
        public static int Queue(Network network, Activity activity)
        {
            int rows = network.Projections.Sum(p => p.Connections.Select(c => c.Pre).Distinct().Count());
            return Math.Clamp(Math.Max(Burst * activity.RowsPeak, (rows + 3) / 4), LeastQueue, ImageLayout.MaxQueueCapacity);
        }

        /// <summary>Places of the spike ring: 40 ms at the pilot's rate, and at least one spike of every recorded neuron.</summary>
        /// <param name="network">The network.</param>
        /// <param name="activity">Its spike rates.</param>
        /// <returns>From 128 to 1024 places.</returns>
        public static int Spikes(Network network, Activity activity)
        {
            double rate = network.Populations.Where(p => p.Recorded).Sum(p => p.Size * activity.Rates[p.Index]);
            int neurons = network.Populations.Where(p => p.Recorded).Sum(p => p.Size);
            return (int)Math.Clamp(Math.Max(rate * WireGap, neurons), LeastSpikes, MostSpikes);
        }
    }
}
