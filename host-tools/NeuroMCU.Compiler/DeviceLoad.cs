// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler.Equations;
using NeuroMCU.Networks;
using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Work;
using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Compiler;

/// <summary>Reckons how busy a network keeps a device, with the cost profile that the virtual bench charges.</summary>
internal static class DeviceLoad
{
    private const double NanoPerSecond = 1e9;
    private const double MicroPerSecond = 1e6;

    /// <summary>Device time per second of network time.</summary>
    /// <param name="pins">Channels of the board that it uses; null for none.</param>
    /// <param name="programs">Programs of its populations by position; null where there are none.</param>
    /// <returns>Seconds per second (of sound, for a network that listens); wire and console not counted, but for neurons at pins.</returns>
    public static double Of(Network network, IReadOnlyList<bool> clocked, Activity activity, CostProfile costs, PinLoad? pins,
        IReadOnlyList<EquationProgram?>? programs = null)
    {
        double steps = MicroPerSecond / network.Step;
        double nanoseconds = network.Hearing == null ? 0 : Hearing(network.Hearing, costs);
        foreach (Population population in network.Populations)
        {
            bool stepped = clocked[population.Index];
            double spikes = activity.Rates[population.Index] * population.Size;
            double arrivals = activity.InputRates[population.Index];
            nanoseconds += (spikes * costs.Of(WorkKind.Spike)) + (arrivals * costs.Of(WorkKind.SynapticEvent));
            if (programs?[population.Index] is { } program)
            {
                nanoseconds += steps * (costs.Of(WorkKind.ClockedStep)
                    + ((double)population.Size * program.Work * costs.Of(WorkKind.LawOperation)));
                continue;
            }

            nanoseconds += stepped
                ? steps * (costs.Of(WorkKind.ClockedStep) + ((double)population.Size * costs.Of(WorkKind.ClockedUpdate))) : 0;
            nanoseconds += population.IsCircuit ? Circuit(population, steps, stepped, spikes, arrivals, costs) : 0;
            nanoseconds += UpdateAdvisor.Driven(network, population) && !stepped
                ? (spikes + arrivals) * costs.Of(WorkKind.NeuronUpdate) : 0;
        }

        if (pins is not null)
        {
            nanoseconds += pins.Of(network.Step, network.Populations.Where(p => p.Recorded).Sum(p => activity.Rates[p.Index] * p.Size),
                costs);
        }

        return nanoseconds / NanoPerSecond;
    }

    // With receptors the current changes at every step. Channels of a board have receptors only.
    private static double Circuit(Population population, double steps, bool clocked, double spikes, double arrivals, CostProfile costs)
    {
        double receptors = steps * population.Size * population.Receptors.Count * costs.Of(WorkKind.ReceptorUpdate);
        if (population.Channels.Count > 0)
        {
            return receptors;
        }

        double changes = clocked ? steps * population.Size : arrivals;
        return receptors + (population.Circuit!.Work(spikes, changes, steps * population.Size, (int)Math.Round(1e6 / steps))
            * costs.Of(WorkKind.LawOperation));
    }

    // While there is sound, every sample of both ears goes through the filters of every band.
    private static double Hearing(MicrophonePair hearing, CostProfile costs)
        => hearing.SampleRate * (costs.Of(WorkKind.AudioFrame) + (2.0 * hearing.Left.Size * costs.Of(WorkKind.BandSample)));

    /// <summary>Warns when a device could not keep up.</summary>
    /// <returns>The warning, or nothing.</returns>
    public static IEnumerable<Diagnostic> Warn(Network network, double load, string costs, bool pins)
    {
        // A network that listens takes sounds up as they come and answers afterwards; silence between them costs it nothing.
        if (load <= 1 || network.Hearing != null)
        {
            return [];
        }

        string message = string.Create(
            CultureInfo.InvariantCulture,
            $"at the spike rates of a pilot run the network takes {load:0.0} s of the device's time per second (cost profile {costs}): "
            + $"it will run late");
        string hint = !pins ? "use fewer neurons, synapses or spikes, a longer `step`, or run it with --fast"
            : network.StepGiven ? "leave `step` out, so that one is chosen which the device keeps, or use fewer neurons, synapses or spikes"
            : "use fewer neurons, synapses or spikes";
        return [Diagnostic.At(network.BoardLocation, message, hint)];
    }
}
