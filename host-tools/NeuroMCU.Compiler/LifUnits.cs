// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler.Numbers;
using NeuroMCU.Networks;

namespace NeuroMCU.Compiler;

/// <summary>
/// The units in which the device counts membranes and synaptic currents of leaky integrate-and-fire neurons. A membrane unit is the
/// distance from rest to threshold, doubled until the 128 units that a membrane may go from its equilibrium hold one volley of all
/// synapses, and twice what a pilot run reached. The unit of exponential currents is doubled by itself, which costs no accuracy of the
/// membrane.
/// </summary>
/// <param name="Membrane">Unit of the membrane, in the physical unit of the file; positive.</param>
/// <param name="Current">Unit of what arrives over synapses, likewise.</param>
/// <param name="Excess">How many times farther one volley, or the pilot run, goes than the device holds; 1 or less when it holds
/// all.</param>
internal sealed record LifUnits(double Membrane, double Current, double Excess)
{
    // 2^8 times the range leave a resolution of 1.5e-5 of the distance from rest to threshold.
    private const int MostDoublings = 8;

    // Of the 128 units of a membrane, the 64 of a current, and the 64 of bias and drive together.
    private const double MembraneRoom = 127;
    private const double CurrentRoom = 63.9;
    private const double DriveRoom = 64;
    private const double Margin = 2;

    // A coupling factor has to stay below one when the unit of its current is doubled.
    private const double MostCoupling = 0.99;

    /// <summary>Chooses the units of a population.</summary>
    /// <returns>The units; those of its file for neurons of another model.</returns>
    public static LifUnits Of(Network network, Population population, Activity activity)
    {
        double distance = population.Distance;
        if (population.Lif is not { } lif)
        {
            return new LifUnits(distance, distance, 0);
        }

        FanIn fanIn = FanIn.Of(network, population);
        double drive = Drive(network, population, lif) / distance;
        double volley = Volley(lif, fanIn) / distance;
        double farthest = volley > 0 ? volley + drive : 0;
        double reached = activity.FarthestMembranes[population.Index] / distance;
        int doublings = Math.Max(Doublings(Math.Max(farthest, Margin * reached) / MembraneRoom), Doublings(drive / DriveRoom));
        double current = 0;
        int apart = 0;
        if (population.HasExponentialSynapses)
        {
            double together = new[] { fanIn.Largest(0, false), fanIn.Largest(0, true), fanIn.Largest(1, false),
                fanIn.Largest(1, true) }.Max();
            double pilot = activity.LargestCurrents[population.Index];
            current = Math.Max(together, pilot) / distance;
            double coupling = lif.Tau.Values.Max(tau =>
                Math.Max(Coupling(network.Step, tau, lif.TauExcitatory), Coupling(network.Step, tau, lif.TauInhibitory)));
            int free = Math.Clamp((int)Math.Floor(Math.Log2(MostCoupling / coupling)), 0, MostDoublings);
            int wanted = Doublings(Math.Max(together, Margin * pilot) / distance / CurrentRoom);
            doublings = Math.Max(doublings, wanted - free);
            apart = Math.Max(0, wanted - doublings);
        }

        double membrane = distance * (1 << doublings);
        return new LifUnits(membrane, membrane * (1 << apart), Math.Max(
            Math.Max(farthest, reached) / (MembraneRoom * (1 << doublings)), current / (CurrentRoom * (1 << (doublings + apart)))));
    }

    /// <summary>P_x of the semantics page: the response of the membrane over one step to a unit of current that decays with a time
    /// constant.</summary>
    /// <param name="step">Step in µs.</param>
    /// <param name="tau">Time constant of the membrane in µs.</param>
    /// <param name="tauSynapse">Time constant of the current in µs.</param>
    /// <returns>The factor.</returns>
    public static double Coupling(int step, double tau, double tauSynapse)
    {
        // τ_x/(τ_x − τ)·(exp(−h/τ_x) − exp(−h/τ)), written as (h/τ)·exp(−h/τ)·expm1(x)/x with x = h/τ − h/τ_x: no cancellation near τ_x
        // = τ.
        double x = (step / tau) - (step / tauSynapse);
        double ratio = Math.Abs(x) < 1e-9 ? 1 + (x / 2) : MathNet.Numerics.SpecialFunctions.Expm1(x) / x;
        return step / tau * Math.Exp(-step / tau) * ratio;
    }

    /// <summary>By how much each state moves in a step: the leak at the distance of the threshold, and the decay of a current as
    /// large.</summary>
    /// <param name="step">Step in µs.</param>
    /// <param name="units">Units of membranes and currents on the device.</param>
    /// <returns>Name of the state, and its change in units of the device.</returns>
    public static IEnumerable<(string State, double Units)> StepChanges(Population population, int step, DeviceUnits units)
    {
        double membrane = FixedPoint.Membrane(population.Distance / units.Membrane(population));
        foreach (double tau in population.Lif!.Tau.Values)
        {
            yield return ("membrane", membrane * (1 - Math.Exp(-step / tau)));
        }

        double current = FixedPoint.Membrane(population.Distance / units.Current(population));
        foreach ((double tau, string name) in population.CurrentTaus.Zip(["excitatory current", "inhibitory current"]))
        {
            yield return (name, current * (1 - Math.Exp(-step / tau)));
        }
    }

    private static int Doublings(double excess)
        => excess <= 1 ? 0 : Math.Min(MostDoublings, (int)Math.Ceiling(Math.Log2(excess)));

    // How far one volley moves a membrane that stays where it is moved to: down to the floor if there is one, up only where a reset by
    // subtraction leaves what is above the threshold.
    private static double Volley(LifNeurons lif, FanIn fanIn)
    {
        double share(double tau) => lif.Synapse == SynapseShape.Exponential ? Math.Min(1, tau / lif.Tau.Values.Min()) : 1;
        double inhibition = (fanIn.Largest(0, true) * share(lif.TauExcitatory))
            + (fanIn.Largest(1, true) * share(lif.TauInhibitory));
        double excitation = (fanIn.Largest(0, false) * share(lif.TauExcitatory))
            + (fanIn.Largest(1, false) * share(lif.TauInhibitory));
        double down = lif.Floor.Values.Any(double.IsNegativeInfinity) ? inhibition : 0;
        double up = lif.ResetBy == ResetRule.Subtraction ? excitation : 0;
        return Math.Max(down, up);
    }

    private static double Drive(Network network, Population population, LifNeurons lif) =>
        lif.Bias.Values.Max(Math.Abs) + network.Drives.Where(d => d.Population.Index == population.Index)
            .Sum(d => Math.Abs(d.Amplitude));
}
