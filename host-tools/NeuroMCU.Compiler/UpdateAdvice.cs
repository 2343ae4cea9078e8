// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Networks;

namespace NeuroMCU.Compiler;

/// <summary>What a population costs under both update schemes, at the spike rates of a short pilot run, and what they do to its
/// rate.</summary>
/// <param name="Population">Name of the population.</param>
/// <param name="Chosen"><c>event</c> or <c>clocked</c>.</param>
/// <param name="Asked">What the file asks for.</param>
/// <param name="EventCost">Interpreted instructions per second of network time when event-driven; infinite when that is impossible.</param>
/// <param name="ClockedCost">Interpreted instructions per second of network time when clocked.</param>
/// <param name="InputRate">Synaptic events per second at this population in the pilot run.</param>
/// <param name="Rate">Spikes per second and neuron in the pilot run.</param>
/// <param name="RateDifference">
/// By what fraction the population fires faster when clocked than when event-driven, in the pilot run, negative for slower; null where
/// that was not asked, or where too little happened to tell.
/// </param>
public sealed record UpdateAdvice(
    string Population, string Chosen, UpdateScheme Asked, double EventCost, double ClockedCost, double InputRate, double Rate,
    double? RateDifference)
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

        bool clockedCheaper = string.Equals(Cheaper, "clocked", StringComparison.Ordinal);
        string factor = Factor.ToString(Factor < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);
        string other = clockedCheaper ? "event-driven" : "clocked";
        return Population + ": " + Cheaper + " is " + factor + " times cheaper than " + other + Note(clockedCheaper);
    }

    private string Note(bool clockedCheaper)
    {
        if (Asked == UpdateScheme.Clocked)
        {
            string off = RateDifference is { } d ? " (" + Rates(d) + " clocked)" : string.Empty;
            return (clockedCheaper ? "; the file asks for it" : ", but the file asks for clocked") + off;
        }

        if (Asked == UpdateScheme.Event || !clockedCheaper)
        {
            return clockedCheaper ? ", but the file asks for event" : string.Empty;
        }

        return string.Equals(Chosen, "clocked", StringComparison.Ordinal)
            ? " and fires at the same rate (" + Rates(RateDifference ?? 0) + ")"
            : RateDifference is { } difference
                ? ", but fires " + Rates(difference) + ": event-driven is taken; `update: clocked` has it all the same"
                : ", but too few spikes in the pilot run show whether it fires alike: event-driven is taken; `update: clocked` has it "
                + "all the same";
    }

    private static string Rates(double difference)
        => Math.Abs(difference).ToString("0.00 %", CultureInfo.InvariantCulture) + (difference < 0 ? " slower" : " faster");
}
