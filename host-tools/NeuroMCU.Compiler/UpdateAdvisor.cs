// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Networks;

namespace NeuroMCU.Compiler;

/// <summary>
/// Chooses event-driven or clocked for each population, and says what both would cost. Clocked is taken for <c>auto</c> only where it is
/// cheaper and a pilot run on the reference shows that it leaves the rate as it is: steps make neurons fire late.
/// </summary>
internal static class UpdateAdvisor
{
    /// <summary>Largest difference of a rate, as a fraction, with which <c>auto</c> takes clocked.</summary>
    public const double Tolerance = 0.001;

    // A file that asks for clocked gets it, and a warning from here on.
    private const double Noticeable = 0.01;

    /// <summary>Advises on all populations of neurons.</summary>
    /// <returns>One advice per population with a membrane, in order.</returns>
    public static IReadOnlyList<UpdateAdvice> Advise(Network network, Activity activity)
    {
        UpdateAdvice[] costs = network.Populations.Where(IsAdvised).Select(p => Cost(network, p, activity)).ToArray();
        Dictionary<string, double?> differences = new(StringComparer.Ordinal);
        Population[] asked = network.Populations.Where(p => p.ChoosesUpdate && p.Update == UpdateScheme.Clocked).ToArray();
        if (asked.Length > 0)
        {
            Activity events = activity.Again(network, Schemes(network, []));
            Array.ForEach(asked, p => differences[p.Name] = activity.RateDifference(p, events));
        }

        Population[] clocked = network.Populations
            .Where(p => p.ChoosesUpdate && p.Update == UpdateScheme.Auto
                && costs.Any(c => IsOf(c, p) && c.ClockedCost < c.EventCost)).ToArray();
        while (clocked.Length > 0)
        {
            // All of them together, as they would run; those that fail stay event-driven, and the others are tried again without them.
            Activity stepped = activity.Again(network, Schemes(network, [.. asked, .. clocked]));
            Array.ForEach(clocked, p => differences[p.Name] = stepped.RateDifference(p, activity));
            Population[] same = clocked.Where(p => differences[p.Name] is { } d && Math.Abs(d) <= Tolerance).ToArray();
            if (same.Length == clocked.Length)
            {
                break;
            }

            clocked = same;
        }

        return costs.Select(c => c with
        {
            RateDifference = differences.GetValueOrDefault(c.Population),
            Chosen = clocked.Any(p => IsOf(c, p)) ? "clocked" : c.Chosen,
        }).ToArray();
    }

    /// <summary>Warns of populations that the file wants clocked and that fire at another rate then.</summary>
    /// <returns>The warnings.</returns>
    public static IEnumerable<Diagnostic> Warn(Network network, IReadOnlyList<UpdateAdvice> advice)
    {
        foreach (Population population in network.Populations.Where(p => p.Update == UpdateScheme.Clocked))
        {
            UpdateAdvice? own = advice.FirstOrDefault(a => IsOf(a, population));
            if (own?.RateDifference is { } difference && Math.Abs(difference) > Noticeable)
            {
                yield return Diagnostic.At(
                    population.Location,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"`{population.Name}` fires {Math.Abs(difference):P1} {(difference < 0 ? "slower" : "faster")} in steps of "
                        + $"{network.Step} us than event-driven, in a pilot run"),
                    "use `update: event`, or a shorter `step`");
            }
        }
    }

    private static UpdateAdvice Cost(Network network, Population population, Activity activity)
    {
        bool exponential = population.HasExponentialSynapses;
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
        string chosen = exponential || population.Update == UpdateScheme.Clocked ? "clocked" : "event";
        return new UpdateAdvice(population.Name, chosen, population.Update, events, clocked, arrivals,
            activity.Rates[population.Index], null);
    }

    /// <summary>True for populations that there is advice on: those that run in steps, or could.</summary>
    /// <returns>Whether there is.</returns>
    public static bool IsAdvised(Population population) => population.ChoosesUpdate || population.HasExponentialSynapses;

    private static bool IsOf(UpdateAdvice advice, Population population)
        => string.Equals(advice.Population, population.Name, StringComparison.Ordinal);

    private static UpdateScheme[] Schemes(Network network, IReadOnlyList<Population> clocked)
    {
        return [.. network.Populations.Select(p => !p.ChoosesUpdate ? p.Update
            : clocked.Contains(p) ? UpdateScheme.Clocked : UpdateScheme.Event)];
    }

    /// <summary>True when a neuron's equilibrium may lie above its threshold: only then are there crossings to compute; the others fire
    /// on arrivals alone.</summary>
    /// <returns>Whether crossings are computed.</returns>
    public static bool Driven(Network network, Population population)
    {
        return population.FiresAlone(network.Drives.Where(d => d.Population.Index == population.Index && d.Amplitude > 0)
            .Sum(d => d.Amplitude));
    }
}
