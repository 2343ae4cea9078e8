// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;

namespace NeuroMCU.Reference;

/// <summary>
/// The receptors of one population: leaky integrators that are brought forward once per step of the network. With A the charge that
/// arrived since the last step and D = exp(−h/τ), I1 ← D·I1 + (1 − D)·A/h and I2 ← D·I2 + (1 − D)·I1 of before; the output is held for
/// the next step, so that the area under it is exactly the charge of the spike.
/// </summary>
internal sealed class SynapseBlock
{
    private readonly IReadOnlyList<ReceptorSpec> _receptors;
    private readonly double[] _decay;
    private readonly double[][] _first;
    private readonly double[][] _second;
    private readonly PlainSum[][] _arrived;
    private readonly double _step;

    /// <summary>Sets up the receptors at rest.</summary>
    /// <param name="step">Step in µs.</param>
    public SynapseBlock(Population population, int step)
    {
        _receptors = population.Receptors;
        _step = step * 1e-6;
        _decay = new double[_receptors.Count];
        _first = new double[_receptors.Count][];
        _second = new double[_receptors.Count][];
        _arrived = new PlainSum[_receptors.Count][];
        for (int r = 0; r < _receptors.Count; r++)
        {
            _decay[r] = Math.Exp(-step / _receptors[r].Tau);
            _first[r] = new double[population.Size];
            _second[r] = new double[population.Size];
            _arrived[r] = new PlainSum[population.Size];
        }
    }

    /// <summary>True when there is no receptor.</summary>
    public bool IsEmpty => _receptors.Count == 0;

    /// <summary>A spike brings charge.</summary>
    public void Receive(int receptor, int neuron, double charge)
    {
        _arrived[receptor][neuron].Add(charge);
    }

    /// <summary>Brings the receptors of one neuron forward by a step.</summary>
    /// <returns>Their current in A, held until the next step.</returns>
    public double Step(int neuron)
    {
        double sum = 0;
        for (int r = 0; r < _receptors.Count; r++)
        {
            double before = _first[r][neuron];
            double decay = _decay[r];
            _first[r][neuron] = (decay * before) + ((1 - decay) * _arrived[r][neuron].Value / _step);
            _second[r][neuron] = (decay * _second[r][neuron]) + ((1 - decay) * before);
            _arrived[r][neuron] = default;
            sum += _receptors[r].Sign * (_receptors[r].Stages == 2 ? _second : _first)[r][neuron];
        }

        return sum;
    }
}
