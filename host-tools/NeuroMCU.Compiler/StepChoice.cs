// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;
using NeuroMCU.VirtualBench.Costs;

namespace NeuroMCU.Compiler;

/// <summary>
/// Chooses the step of a network with circuits or channels whose file leaves it open: the shortest that the device has the time for, as
/// long as that is short against what the step has to resolve.
/// </summary>
internal static class StepChoice
{
    // What is left of the device's time is for requests and for spikes that come together.
    private const double MostLoad = 0.9;

    // A receptor that is stepped so often within its time constant keeps the form of its current. At pins a current that comes late is the
    // greater error: there the charge, which is exact at any step, and a rise and fall are enough.
    private const double StepsPerTimeConstant = 10;
    private const double LeastStepsPerTimeConstant = 2;

    // In software nothing waits for a device that is late: there a longer step only costs accuracy.
    private const int LongestInSoftware = 1000;

    private static readonly int[] s_steps = [100, 200, 500, 1000, 2000, 5000];

    /// <summary>Chooses.</summary>
    /// <param name="network">The network, with the step of the pilot run.</param>
    /// <param name="advise">Gives the update schemes of the network with another step: true for populations that are clocked.</param>
    /// <param name="pins">Channels of the board that the network uses; null when it uses none.</param>
    /// <returns>The step in µs; that of the network when nothing needs another one.</returns>
    public static int Of(Network network, Activity activity, Func<Network, IReadOnlyList<bool>> advise, CostProfile costs, PinLoad? pins)
    {
        if (!network.Populations.Any(p => p.IsCircuit))
        {
            return network.Step;
        }

        if (pins is null && !advise(network).Any(clocked => clocked))
        {
            return network.Step;
        }

        int most = Longest(network, pins is not null);
        int[] allowed = [.. s_steps.Where(step => step <= most).DefaultIfEmpty(s_steps[0])];
        foreach (int step in allowed)
        {
            Network candidate = network with { Step = step };
            if (DeviceLoad.Of(candidate, advise(candidate), activity, costs, pins) <= MostLoad)
            {
                return step;
            }
        }

        return allowed[^1];
    }

    private static int Longest(Network network, bool pins)
    {
        IEnumerable<double> receptors = network.Populations.SelectMany(p => p.Receptors).Select(r => r.Tau);
        IEnumerable<double> currents = network.Populations.SelectMany(p => p.CurrentTaus);
        double resolved = receptors.Concat(currents).Where(tau => tau > 0).DefaultIfEmpty(double.MaxValue).Min()
            / (pins ? LeastStepsPerTimeConstant : StepsPerTimeConstant);
        return (int)Math.Min(resolved, pins ? s_steps[^1] : LongestInSoftware);
    }
}
