// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Units;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Reference;

/// <summary>Neurons whose model is a text, evaluated in double precision.</summary>
internal sealed class EquationTwin : ReferenceModel
{
    private readonly ModelRun _run;
    private readonly ModelText _model;
    private readonly double[]?[] _arrived;
    private readonly double[] _weightUnits;
    private readonly double _driveUnit;

    /// <summary>Sets up a population.</summary>
    public EquationTwin(Population population, IReferenceClock clock)
        : base(population, clock)
    {
        ModelNeurons neurons = population.Equations!;
        _model = neurons.Model;
        try
        {
            _run = new ModelRun(neurons, clock.Step * 1e-6);
        }
        catch (EquationException e)
        {
            throw new NetworkFileException([EquationFault.Of(neurons, e, population.Name)]);
        }

        _arrived = new double[]?[population.Size];
        _weightUnits = new double[_model.States.Count];
        for (int i = 0; i < _weightUnits.Length; i++)
        {
            _weightUnits[i] = DisplayUnit.BaseOf(_model.States[i].Dimension.Kind ?? Dimension.None);
        }

        _driveUnit = DisplayUnit.BaseOf(population.DriveDimension);
    }

    /// <inheritdoc />
    public override bool Clocked => true;

    /// <summary>What states are rounded to after each step, in SI units; empty for no rounding.</summary>
    public IReadOnlyList<double> Units { get; set; } = [];

    /// <summary>How often states were cut off at an end of their range, by name.</summary>
    public IReadOnlyDictionary<string, long> Clipped => _run.Clipped;

    /// <inheritdoc />
    public override void Arrive(Projection projection, int neuron, double weight, long time)
    {
        double[] arrived = _arrived[neuron] ??= new double[_weightUnits.Length];
        arrived[projection.ReceptorIndex] += weight * _weightUnits[projection.ReceptorIndex];
    }

    /// <inheritdoc />
    public override void ChangeDrive(int neuron, double change, long time)
    {
        _run.ChangeDrive(neuron, change * _driveUnit);
    }

    /// <inheritdoc />
    public override void Step(long time)
    {
        for (int n = 0; n < Population.Size; n++)
        {
            double[]? arrived = _arrived[n];
            bool fires = _run.Step(n, arrived);
            for (int i = 0; i < Units.Count; i++)
            {
                _run.Set(n, i, Math.Round(_run.Value(n, i) / Units[i]) * Units[i]);
            }

            if (arrived != null)
            {
                Array.Clear(arrived);
            }

            if (fires)
            {
                Fire(n, time);
            }
        }
    }

    /// <inheritdoc />
    public override double Sample(int neuron, TraceQuantity quantity, long time)
        => Sample(neuron, quantity == TraceQuantity.Current && _model.Inputs.Count > 0 ? _model.States.Count : 0);

    /// <inheritdoc />
    public override double Sample(int neuron, int variable)
    {
        return _run.Value(neuron, variable) / _model.UnitOf(variable).Scale;
    }
}
