// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Globalization;

namespace NeuroMCU.Host.Compile
{
    /// <summary>What a population costs under both update schemes, at the spike rates of a short pilot run.</summary>
    /// <param name="Population">Name of the population.</param>
    /// <param name="Chosen"><c>event</c> or <c>clocked</c>.</param>
    /// <param name="EventCost">Interpreted instructions per second of network time when event-driven; infinite when that is impossible.</param>
    /// <param name="ClockedCost">Interpreted instructions per second of network time when clocked.</param>
    /// <param name="InputRate">Synaptic events per second at this population in the pilot run.</param>
    /// <param name="Rate">Spikes per second and neuron in the pilot run.</param>
    public sealed record UpdateAdvice(string Population, string Chosen, double EventCost, double ClockedCost, double InputRate, double Rate)
    {
        /// <summary>The cheaper scheme.</summary>
        public string Cheaper => EventCost <= ClockedCost ? "event" : "clocked";

        /// <summary>How many times the dearer scheme costs the cheaper one.</summary>
        public double Factor => Math.Max(EventCost, ClockedCost) / Math.Max(1, Math.Min(EventCost, ClockedCost));

        /// <summary>The advice as a sentence.</summary>
        /// <returns>One line.</returns>
        public override string ToString()
        {
            if (double.IsInfinity(EventCost))
            {
                return Population + ": clocked (exponential synapses have no closed form)";
            }

            string factor = Factor.ToString(Factor < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);
            string other = string.Equals(Cheaper, "event", StringComparison.Ordinal) ? "clocked" : "event-driven";
            string note = string.Equals(Chosen, Cheaper, StringComparison.Ordinal) ? string.Empty : ", but the file asks for " + Chosen;
            return Population + ": " + Cheaper + " is " + factor + " times cheaper than " + other + note;
        }
    }
}
