// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;

namespace NeuroMCU.Reference;

/// <summary>Clocked leaky integrate-and-fire neurons with delta or exponential synapses: the exact solution for input that arrives at
/// steps.</summary>
internal sealed class ClockedLifTwin : LifTwin
{
    private readonly bool _exponential;
    private readonly double[] _excitation;
    private readonly double[] _inhibition;
    private readonly PlainSum[] _arrivedExcitation;
    private readonly PlainSum[] _arrivedInhibition;
    private readonly long[] _hold;
    private readonly double[] _decay;
    private readonly double[] _couplingExcitatory;
    private readonly double[] _couplingInhibitory;
    private readonly double _excitatoryDecay;
    private readonly double _inhibitoryDecay;

    /// <summary>Sets up a population.</summary>
    public ClockedLifTwin(Population population, IReferenceClock clock)
        : base(population, clock)
    {
        _exponential = population.HasExponentialSynapses;
        _excitation = new double[population.Size];
        _inhibition = new double[population.Size];
        _arrivedExcitation = new PlainSum[population.Size];
        _arrivedInhibition = new PlainSum[population.Size];
        _hold = new long[population.Size];
        double h = clock.Step;
        _decay = Array.ConvertAll(Tau, tau => Math.Exp(-h / tau));
        if (_exponential)
        {
            _excitatoryDecay = Math.Exp(-h / population.Lif!.TauExcitatory);
            _inhibitoryDecay = Math.Exp(-h / population.Lif!.TauInhibitory);
        }

        _couplingExcitatory = Array.ConvertAll(Tau, tau => _exponential ? Coupling(h, tau, population.Lif!.TauExcitatory) : 0);
        _couplingInhibitory = Array.ConvertAll(Tau, tau => _exponential ? Coupling(h, tau, population.Lif!.TauInhibitory) : 0);
    }

    /// <inheritdoc />
    public override bool Clocked => true;

    /// <inheritdoc />
    public override void Arrive(Projection projection, int neuron, double weight, long time)
    {
        bool inhibitory = projection.Receptor == Receptor.Inhibitory && _exponential;
        (inhibitory ? _arrivedInhibition : _arrivedExcitation)[neuron].Add(weight);
    }

    /// <inheritdoc />
    public override void ChangeDrive(int neuron, double change, long time)
    {
        Equilibrium[neuron] += change;
    }

    /// <inheritdoc />
    public override double Sample(int neuron, TraceQuantity quantity, long time) => Population.Lif!.Rest + Membrane[neuron];

    /// <inheritdoc />
    public override void Step(long time)
    {
        for (int n = 0; n < Population.Size; n++)
        {
            StepNeuron(n, time);
        }
    }

    private void StepNeuron(int n, long time)
    {
        bool held = _hold[n] > 0;
        if (held)
        {
            _hold[n]--;
        }
        else
        {
            double e = Equilibrium[n];
            double input = _exponential
                ? (_couplingExcitatory[n] * _excitation[n]) + (_couplingInhibitory[n] * _inhibition[n])
                : _arrivedExcitation[n].Value;
            Membrane[n] = Math.Max(e + ((Membrane[n] - e) * _decay[n]) + input, Floor[n]);
        }

        if (_exponential)
        {
            _excitation[n] = (_excitation[n] * _excitatoryDecay) + _arrivedExcitation[n].Value;
            _inhibition[n] = (_inhibition[n] * _inhibitoryDecay) + _arrivedInhibition[n].Value;
        }

        _arrivedExcitation[n] = default;
        _arrivedInhibition[n] = default;
        if (!held && Membrane[n] >= Threshold[n])
        {
            ApplyReset(n);
            _hold[n] = (Refractory[n] + Clock.Step - 1) / Clock.Step;
            Fire(n, time);
        }

        Note(Membrane[n] - Equilibrium[n], Math.Max(Math.Abs(_excitation[n]), Math.Abs(_inhibition[n])));
    }

    // P_x of the semantics page: the exact response of the membrane over one step to a unit of current that decays with τ_x.
    private static double Coupling(double step, double tau, double tauSynapse)
    {
        return Math.Abs(tauSynapse - tau) < 1e-6 * tau
            ? step / tau * Math.Exp(-step / tau)
            : tauSynapse / (tauSynapse - tau) * (Math.Exp(-step / tauSynapse) - Math.Exp(-step / tau));
    }
}
