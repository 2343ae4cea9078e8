// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;

namespace NeuroMCU.Reference;

/// <summary>One population in double precision. A neuron model is one class that follows the rules of the semantics page.</summary>
internal abstract class ReferenceModel
{
    /// <summary>Sets up a population.</summary>
    protected ReferenceModel(Population population, IReferenceClock clock)
    {
        Population = population;
        Clock = clock;
    }

    /// <summary>The population.</summary>
    public Population Population { get; }

    /// <summary>Largest distance of a membrane from its equilibrium so far, in the membrane unit of the file; 0 for models that do not
    /// tell.</summary>
    public double FarthestMembrane { get; private set; }

    /// <summary>Largest magnitude of a synaptic current so far, in the membrane unit of the file; 0 for models that do not tell.</summary>
    public double LargestCurrent { get; private set; }

    /// <summary>True when the population does something at every step of the network.</summary>
    public virtual bool Clocked => false;

    /// <summary>The simulator.</summary>
    protected IReferenceClock Clock { get; }

    /// <summary>Schedules what happens without input; called once, at time 0.</summary>
    public virtual void Start()
    {
    }

    /// <summary>A spike arrives at a synapse.</summary>
    /// <param name="weight">Weight in the weight unit of the population.</param>
    /// <param name="time">Time in µs.</param>
    public abstract void Arrive(Projection projection, int neuron, double weight, long time);

    /// <summary>The constant drive of a neuron changes.</summary>
    /// <param name="change">Change in the drive unit of the population.</param>
    /// <param name="time">Time in µs.</param>
    public abstract void ChangeDrive(int neuron, double change, long time);

    /// <summary>The step of clocked populations.</summary>
    /// <param name="time">Time in µs, a multiple of the step.</param>
    public virtual void Step(long time)
    {
    }

    /// <summary>What a trace records.</summary>
    /// <param name="time">Time in µs, not before the last event.</param>
    /// <returns>The value in the unit of the trace.</returns>
    public abstract double Sample(int neuron, TraceQuantity quantity, long time);

    /// <summary>What a trace of a variable of a text records.</summary>
    /// <returns>The value in the unit of the variable.</returns>
    public virtual double Sample(int neuron, int variable) => 0;

    /// <summary>Keeps the largest values, for whoever has to find a range that holds them.</summary>
    protected void Note(double membrane, double current)
    {
        FarthestMembrane = Math.Max(FarthestMembrane, Math.Abs(membrane));
        LargestCurrent = Math.Max(LargestCurrent, Math.Abs(current));
    }

    /// <summary>Lets a neuron fire.</summary>
    /// <param name="time">Time in µs.</param>
    protected void Fire(int neuron, long time)
    {
        Clock.Fire(Population.FirstNeuron + neuron, time);
    }
}
