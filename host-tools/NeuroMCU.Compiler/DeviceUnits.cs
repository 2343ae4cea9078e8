// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler.Equations;
using NeuroMCU.Compiler.Numbers;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Models;

namespace NeuroMCU.Compiler;

/// <summary>
/// The units in which the device counts membranes and synaptic currents. A membrane unit is the distance from rest to threshold,
/// doubled until the 128 units that a membrane may go from its equilibrium hold one volley of all synapses, and twice what a pilot run
/// reached. The unit of exponential currents is doubled by itself, which costs no accuracy of the membrane.
/// </summary>
internal sealed class DeviceUnits
{
    /// <summary>Most doublings: 2^8 times the range leave a resolution of 1.5e-5 of the distance from rest to threshold.</summary>
    public const int MostDoublings = 8;

    // Of the 128 units of a membrane, the 64 of a current, and the 64 of bias and drive together.
    private const double MembraneRoom = 127;
    private const double CurrentRoom = 63.9;
    private const double DriveRoom = 64;
    private const double Margin = 2;

    // A coupling factor has to stay below one when the unit of its current is doubled.
    private const double MostCoupling = 0.99;

    private readonly double[] _membrane;
    private readonly double[] _current;
    private readonly double[] _excess;
    private readonly CurrentFormat[] _currents;

    private DeviceUnits(int count)
    {
        _membrane = new double[count];
        _current = new double[count];
        _excess = new double[count];
        _currents = new CurrentFormat[count];
    }

    /// <summary>Chooses the units of a network.</summary>
    /// <param name="twin">Whether channels of a board are computed instead.</param>
    /// <returns>The units.</returns>
    public static DeviceUnits Choose(Network network, Activity activity, bool twin)
    {
        DeviceUnits units = new(network.Populations.Count);
        foreach (Population population in network.Populations)
        {
            units._currents[population.Index] = CurrentScale.Of(network, population, population.Channels.Count > 0 && !twin);
            units.Choose(network, population, activity);
        }

        return units;
    }

    /// <summary>The units of some of the populations.</summary>
    /// <param name="populations">Their positions here, in the order of theirs there; −1 for sources that have none.</param>
    /// <returns>The same units, without programs.</returns>
    public DeviceUnits Of(IReadOnlyList<int> populations)
    {
        DeviceUnits part = new(populations.Count);
        for (int k = 0; k < populations.Count; k++)
        {
            (part._membrane[k], part._current[k], part._excess[k], part._currents[k]) = populations[k] < 0
                ? (1, 1, 0, CurrentFormat.OfChannels)
                : (_membrane[populations[k]], _current[populations[k]], _excess[populations[k]], _currents[populations[k]]);
        }

        return part;
    }

    /// <summary>Programs of the populations whose models are texts, by position; null for the others.</summary>
    public IReadOnlyList<EquationProgram?> Programs { get; set; } = [];

    /// <summary>Membrane unit of a population.</summary>
    /// <returns>The unit in the physical unit of the file; positive.</returns>
    public double Membrane(Population population) => _membrane[population.Index];

    /// <summary>Unit of what arrives over the synapses of a population onto membranes or currents.</summary>
    /// <returns>The unit in the physical unit of the file; positive.</returns>
    public double Current(Population population) => _current[population.Index];

    /// <summary>Unit of the currents into a population of circuits.</summary>
    /// <returns>The format.</returns>
    public CurrentFormat Currents(Population population) => _currents[population.Index];

    /// <summary>How many times farther one volley, or the pilot run, goes than the device holds; 1 or less when it holds all.</summary>
    /// <returns>The factor.</returns>
    public double Excess(Population population) => _excess[population.Index];

    /// <summary>Distance from the equilibrium that a membrane may have on the device.</summary>
    /// <returns>The distance in the physical unit of the file.</returns>
    public double Reach(Population population) => (1L << (31 - Formats.MembraneBits)) * _membrane[population.Index];

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

    private void Choose(Network network, Population population, Activity activity)
    {
        int at = population.Index;
        double distance = MembraneScale.UnitOf(population);
        _membrane[at] = distance;
        _current[at] = distance;
        if (population.Lif is not { } lif)
        {
            return;
        }

        FanIn fanIn = FanIn.Of(network, population);
        double drive = Drive(network, population, lif) / distance;
        double volley = Volley(lif, fanIn) / distance;
        double farthest = volley > 0 ? volley + drive : 0;
        double reached = activity.FarthestMembranes[at] / distance;
        int doublings = Math.Max(Doublings(Math.Max(farthest, Margin * reached) / MembraneRoom), Doublings(drive / DriveRoom));
        double current = 0;
        int apart = 0;
        if (population.HasExponentialSynapses)
        {
            double together = new[] { fanIn.Largest(0, false), fanIn.Largest(0, true), fanIn.Largest(1, false),
                fanIn.Largest(1, true) }.Max();
            current = Math.Max(together, activity.LargestCurrents[at]) / distance;
            double coupling = lif.Tau.Values.Max(tau =>
                Math.Max(Coupling(network.Step, tau, lif.TauExcitatory), Coupling(network.Step, tau, lif.TauInhibitory)));
            int free = Math.Clamp((int)Math.Floor(Math.Log2(MostCoupling / coupling)), 0, MostDoublings);
            int wanted = Doublings(Math.Max(together, Margin * activity.LargestCurrents[at]) / distance / CurrentRoom);
            doublings = Math.Max(doublings, wanted - free);
            apart = Math.Max(0, wanted - doublings);
        }

        _membrane[at] = distance * (1 << doublings);
        _current[at] = _membrane[at] * (1 << apart);
        _excess[at] = Math.Max(Math.Max(farthest, reached) / (MembraneRoom * (1 << doublings)),
            current / (CurrentRoom * (1 << (doublings + apart))));
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

    private static double Drive(Network network, Population population, LifNeurons lif)
    {
        return lif.Bias.Values.Max(Math.Abs) + network.Drives.Where(d => d.Population.Index == population.Index)
            .Sum(d => Math.Abs(d.Amplitude));
    }
}
