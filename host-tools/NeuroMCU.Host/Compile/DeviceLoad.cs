// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Generic;
using System.Globalization;
using NeuroMCU.Core.Image;
using NeuroMCU.Host.Networks;
using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Work;

namespace NeuroMCU.Host.Compile
{
    /// <summary>Reckons how busy a network keeps a device, with the cost profile that the virtual bench charges.</summary>
    internal static class DeviceLoad
    {
        private const double NanoPerSecond = 1e9;
        private const double MicroPerSecond = 1e6;

        /// <summary>Device time per second of network time.</summary>
        /// <param name="network">The network.</param>
        /// <param name="tables">Its tables.</param>
        /// <param name="activity">Its spike rates.</param>
        /// <param name="costs">The cost profile.</param>
        /// <returns>Seconds per second; wire and console not counted.</returns>
        public static double Of(Network network, NetworkTables tables, Activity activity, CostProfile costs)
        {
            double steps = MicroPerSecond / network.Step;
            double nanoseconds = network.Hearing == null ? 0 : network.Hearing.SampleRate * (double)costs.Of(WorkKind.AudioFrame);
            foreach (Population population in network.Populations)
            {
                PopulationTable table = tables.Populations[population.Index];
                bool clocked = table.Update == UpdateKind.Clocked;
                double spikes = activity.Rates[population.Index] * population.Size;
                double arrivals = activity.InputRates[population.Index];
                nanoseconds += (spikes * costs.Of(WorkKind.Spike)) + (arrivals * costs.Of(WorkKind.SynapticEvent));
                nanoseconds += clocked ? steps * (costs.Of(WorkKind.ClockedStep) + ((double)population.Size * costs.Of(WorkKind.ClockedUpdate))) : 0;
                nanoseconds += UpdateAdvisor.Driven(network, population) && !clocked ? (spikes + arrivals) * costs.Of(WorkKind.NeuronUpdate) : 0;
            }

            return nanoseconds / NanoPerSecond;
        }

        /// <summary>Warns when a device could not keep up.</summary>
        /// <param name="network">The network.</param>
        /// <param name="load">Device time per second of network time.</param>
        /// <param name="costs">Name of the cost profile.</param>
        /// <returns>The warning, or nothing.</returns>
        public static IEnumerable<Diagnostic> Warn(Network network, double load, string costs)
        {
            if (load <= 1)
            {
                return [];
            }

            string message = string.Create(
                CultureInfo.InvariantCulture,
                $"at the spike rates of a pilot run the network takes {load:0.0} s of the device's time per second (cost profile {costs}): it will run late");
            return [Diagnostic.At(network.BoardLocation, message, "use fewer neurons, synapses or spikes, a longer `step`, or run it with --fast")];
        }
    }
}
