// NeuroMCU, MIT licence. See LICENSE in the repository root.


namespace NeuroMCU.Networks.Equations;

/// <summary>A model with the values of a population, one for all neurons or one for each, in SI units.</summary>
internal sealed class ModelNeurons
{
    private readonly Dictionary<string, double[]> _values;
    private ClosedRange[]? _closed;

    /// <summary>Gives a model its values.</summary>
    /// <param name="values">Values of parameters and inputs by name; the model's own where one is missing.</param>
    public ModelNeurons(ModelText model, int size, IReadOnlyDictionary<string, double[]> values)
    {
        Model = model;
        Size = size;
        _values = model.Parameters.ToDictionary(p => p.Name, p => values.GetValueOrDefault(p.Name) ?? [p.Default], StringComparer.Ordinal);
        foreach (ModelInput input in model.Inputs)
        {
            double[] given = values.GetValueOrDefault(input.Name) ?? PerNeuron(input.Default);
            _values[input.Name] = given;
        }
    }

    /// <summary>The model.</summary>
    public ModelText Model { get; }

    /// <summary>Number of neurons.</summary>
    public int Size { get; }

    /// <summary>Longest time that `t` gets to, in seconds.</summary>
    public double Duration { get; set; } = 3600;

    /// <summary>What is added to inputs in the course of time.</summary>
    public IReadOnlyList<Waveform> Waves { get; set; } = [];

    /// <summary>What arrives at the states of the first neuron in a step, by its number from 0, in SI units: for a neuron that is followed
    /// alone, whose sources are known.</summary>
    public IReadOnlyDictionary<long, double[]>? Arrivals { get; set; }

    /// <summary>Draws the noise.</summary>
    public ulong Seed { get; set; } = 1;

    /// <summary>What a unit of a random number is in `noise()`, in 1/√s; set with the step.</summary>
    public double NoiseUnit { get; private set; } = 1;

    /// <summary>The same model for some of the neurons.</summary>
    /// <param name="members">The neurons.</param>
    /// <returns>Values and waveforms of these.</returns>
    public ModelNeurons Part(int[] members)
    {
        double[] Pick(double[] values) => values.Length == 1 ? values : Array.ConvertAll(members, m => values[m]);
        return new ModelNeurons(Model, members.Length, _values.ToDictionary(v => v.Key, v => Pick(v.Value), StringComparer.Ordinal))
        {
            Duration = Duration,
            Waves = [.. Waves.Select(w => w with { Amplitude = Pick(w.Amplitude) })],
            Seed = Seed,
        };
    }

    /// <summary>Sets the step, which noise depends on: its power per hertz is the same for every step.</summary>
    /// <param name="h">Step of the equations in seconds.</param>
    public void SetStep(double h) => NoiseUnit = 1 / (NoiseSource.Deviation * Math.Sqrt(h));

    /// <summary>Values of a parameter, or the constant part of an input.</summary>
    /// <returns>One value, or one per neuron.</returns>
    public double[] Values(string name) => _values[name];

    /// <summary>Value of a parameter for a neuron.</summary>
    /// <returns>The value; 0 for the time and noise, as at the start.</returns>
    public double Value(string name, int neuron)
    {
        if (ModelText.IsHidden(name))
        {
            return 0;
        }

        double[] values = _values[name];
        return values[values.Length == 1 ? 0 : neuron];
    }

    /// <summary>Value of an expression of parameters for a neuron.</summary>
    /// <returns>The value.</returns>
    public double Evaluate(Expr e, int neuron) => Symbolic.Evaluate(e, n => Value(n, neuron));

    /// <summary>Values of an expression of parameters.</summary>
    /// <returns>One value where all neurons have the same, else one per neuron.</returns>
    public double[] PerNeuron(Expr e)
    {
        if (e.Names().All(n => ModelText.IsHidden(n) || _values[n].Length == 1))
        {
            return [Evaluate(e, 0)];
        }

        double[] values = new double[Size];
        for (int i = 0; i < Size; i++)
        {
            values[i] = Evaluate(e, i);
        }

        return Array.TrueForAll(values, v => v.Equals(values[0])) ? [values[0]] : values;
    }

    /// <summary>Ends of the range of a state that its equation never leads beyond.</summary>
    /// <param name="state">Number of the state.</param>
    /// <returns>The ends.</returns>
    public ClosedRange Closed(int state) => (_closed ??= [.. Model.States.Select(s => ClosedRange.Of(this, s))])[state];

    /// <summary>Least and largest value of two expressions over the neurons.</summary>
    /// <returns>The ends.</returns>
    public Interval Range(Expr least, Expr most) => new(PerNeuron(least).Min(), PerNeuron(most).Max());
}
