// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;

namespace NeuroMCU.Compiler;

/// <summary>
/// Finds loops around which spikes could run for ever within one microsecond: projections with a delay of 0 that lead back to their source
/// through populations that answer at once and have no refractory period.
/// </summary>
internal static class ZeroDelayLoops
{
    /// <summary>Reports the first projection of such a loop.</summary>
    public static void Check(Network network, ICollection<Diagnostic> errors)
    {
        Projection[] instant = network.Projections.Where(p => p.Connections.Any(c => c.Delay == 0) && Restless(p.Source)
            && Restless(p.Target)).ToArray();
        Projection? loop = instant.FirstOrDefault(p => Reaches(p.Target, p.Source, instant));
        if (loop != null)
        {
            errors.Add(Diagnostic.At(
                loop.Location,
                "`" + loop.Name
                + "` closes a loop of delay 0 through neurons without a refractory period: spikes could go round without time passing",
                "give a projection of the loop a delay of at least 1 us, or one of its populations a refractory period"));
        }
    }

    private static bool Restless(Population population)
    {
        return population.Update != UpdateScheme.Clocked && population.ChoosesUpdate && population.LeastRefractory <= 0;
    }

    private static bool Reaches(Population from, Population to, Projection[] edges)
    {
        HashSet<int> seen = [from.Index];
        Queue<int> open = new(seen);
        while (open.TryDequeue(out int here))
        {
            if (here == to.Index)
            {
                return true;
            }

            foreach (int next in edges.Where(e => e.Source.Index == here).Select(e => e.Target.Index).Where(seen.Add))
            {
                open.Enqueue(next);
            }
        }

        return false;
    }
}
