// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;
using NeuroMCU.Networks.Models;
using YamlDotNet.RepresentationModel;

namespace NeuroMCU.Networks.Reading;

/// <summary>Reads the fields of a population of leaky integrate-and-fire neurons.</summary>
internal sealed class LifPopulationReader(ReadContext context, MapReader map, int size)
{
    private const double LeastTau = 2;
    private const double MostTau = 1e7;
    private const int MostRefractory = 10000000;
    private static readonly string[] s_membraneFields = ["threshold", "reset", "initial", "rest", "bias", "floor"];
    private readonly ReadContext _context = context;
    private readonly MapReader _map = map;
    private readonly int _size = size;

    /// <summary>Names of the fields that only these neurons have.</summary>
    public static IReadOnlyList<string> Fields { get; } =
    [
        .. s_membraneFields, "update", "tau", "reset_by", "refractory", "synapse", "tau_excitatory", "tau_inhibitory",
    ];

    /// <summary>Reads the population.</summary>
    /// <returns>The population, or null after a report.</returns>
    public Population? Read(string name, int index, int firstNeuron, IReadOnlyList<IReadOnlyList<double>> positions)
    {
        int errors = _context.ErrorCount;
        Dimension membrane = MembraneDimension();
        Field? tauField = _map.Require("tau", "20 ms");
        Field? thresholdField = _map.Require("threshold", membrane == Dimension.Voltage ? "15 mV" : "1.0");
        NeuronParameter? tau = tauField == null ? null : Parameter(tauField, Dimension.Time);
        NeuronParameter? threshold = thresholdField == null ? null : Parameter(thresholdField, membrane);
        Field? restField = _map.Take("rest");
        double rest = restField == null ? 0 : Scalars.Value(_context, restField, membrane) ?? 0;
        NeuronParameter? reset = Optional("reset", membrane, rest);
        NeuronParameter? initial = Optional("initial", membrane, rest);
        NeuronParameter? bias = Optional("bias", membrane, 0);
        NeuronParameter? floor = Optional("floor", membrane, double.NegativeInfinity);
        NeuronParameter? refractory = Refractory();
        string update = Word("update", "auto", "event", "clocked");
        string resetBy = Word("reset_by", "value", "subtraction");
        string synapse = Word("synapse", "delta", "exponential");
        (double excitatory, double inhibitory) = SynapticTau(string.Equals(synapse, "exponential", StringComparison.Ordinal), update);
        if (tau == null || threshold == null || reset == null || initial == null || bias == null || floor == null || refractory == null
            || _context.ErrorCount != errors)
        {
            return null;
        }

        Range(tau, LeastTau, MostTau, "a time constant from 2 us to 10 s");
        Range(refractory, 0, MostRefractory, "a refractory period from 0 ms to 10 s");
        Below(reset, threshold, "reset", "the neuron would fire again at once, for ever");
        Below(initial, threshold, "initial", "the neuron would fire before it has seen any input");
        NotAbove(floor, reset, "reset");
        NotAbove(floor, initial, "initial");
        return new Population
        {
            Name = name,
            Index = index,
            FirstNeuron = firstNeuron,
            Size = _size,
            MembraneUnit = membrane == Dimension.Voltage ? "mV" : "1",
            Update = Enum.Parse<UpdateScheme>(update, ignoreCase: true),
            Lif = new LifNeurons
            {
                Synapse = Enum.Parse<SynapseShape>(synapse, ignoreCase: true),
                ResetBy = Enum.Parse<ResetRule>(resetBy, ignoreCase: true),
                Rest = rest,
                Tau = tau,
                Threshold = threshold,
                Reset = reset,
                Refractory = refractory,
                Bias = bias,
                Floor = floor,
                Initial = initial,
                TauExcitatory = excitatory,
                TauInhibitory = inhibitory,
            },
            Positions = positions,
            Location = _context.LocationOf(_map.Field),
        };
    }

    // One membrane quantity in volts puts the whole population in mV; then the others must have a unit too.
    private Dimension MembraneDimension()
    {
        bool voltage = s_membraneFields.Any(key =>
        {
            Field? field = _map.Take(key);
            Field? sample = field?.Items is { Children.Count: > 0 } ? field.Item(0) : field;
            return sample?.Text != null && Quantity.TrySplit(sample.Text, out _, out string symbol)
                && Unit.Find(symbol)?.Dimension == Dimension.Voltage;
        });
        return voltage ? Dimension.Voltage : Dimension.None;
    }

    private (double Excitatory, double Inhibitory) SynapticTau(bool exponential, string update)
    {
        if (!exponential)
        {
            _map.Refuse("delta synapses act at once; write `synapse: exponential` for currents that decay", "tau_excitatory",
                "tau_inhibitory");
            return (0, 0);
        }

        if (string.Equals(update, "event", StringComparison.Ordinal))
        {
            _context.Error(
                _map.Take("update") ?? _map.Field,
                "is `event`, but exponential synapses of unequal time constants have no closed-form crossing",
                "write `update: clocked` or leave the line out");
        }

        Field? excitatoryField = _map.Require("tau_excitatory", "5 ms");
        Field? inhibitoryField = _map.Take("tau_inhibitory");
        double excitatory = Single(excitatoryField) ?? 0;
        double inhibitory = inhibitoryField == null ? excitatory : Single(inhibitoryField) ?? 0;
        return (excitatory, inhibitory);
    }

    private double? Single(Field? field)
    {
        if (field == null)
        {
            return null;
        }

        if (field.Text == null)
        {
            _context.Error(field, "is " + field.Describe() + ", expected one value for the population", "write one time, such as `5 ms`");
            return null;
        }

        double? value = Scalars.Value(_context, field, Dimension.Time);
        if (value is < LeastTau or > MostTau)
        {
            _context.Error(field, "is " + field.Describe() + ", out of range", "write a time constant from 2 us to 10 s");
            return null;
        }

        return value;
    }

    private NeuronParameter? Optional(string key, Dimension dimension, double fallback)
    {
        Field? field = _map.Take(key);
        return field == null ? new NeuronParameter([fallback], _context.LocationOf(_map.Field)) : Parameter(field, dimension);
    }

    private NeuronParameter? Refractory()
    {
        Field? field = _map.Take("refractory");
        return field == null ? new NeuronParameter([0], _context.LocationOf(_map.Field))
            : Parameter(field, Dimension.Time) is not { } read ? null
            : read with { Values = _context.WholeMicroseconds(field, read.Values, isWritten: field.Node is not YamlMappingNode) };
    }

    private NeuronParameter? Parameter(Field field, Dimension dimension)
    {
        double[]? values = ParameterReader.Read(_context, field, dimension, _size, "neurons");
        return values == null ? null : new NeuronParameter(values, _context.LocationOf(field));
    }

    private string Word(string key, params string[] words)
    {
        Field? field = _map.Take(key);
        return (field == null ? null : Scalars.Choice(_context, field, words)) ?? words[0];
    }

    private void Range(NeuronParameter parameter, double least, double most, string expected)
    {
        int neuron = Enumerable.Range(0, parameter.Values.Count).FirstOrDefault(i => parameter.At(i) < least || parameter.At(i) > most, -1);
        if (neuron >= 0)
        {
            _context.Error(parameter.Location, "out of range" + OfNeuron(parameter, neuron), "write " + expected);
        }
    }

    private void Below(NeuronParameter lower, NeuronParameter threshold, string name, string consequence)
    {
        int neuron = Enumerable.Range(0, _size).FirstOrDefault(i => lower.At(i) >= threshold.At(i), -1);
        if (neuron >= 0)
        {
            _context.Error(
                lower.Location,
                "`" + name + "` is " + Scalars.Number(lower.At(neuron)) + ", not below the threshold "
                + Scalars.Number(threshold.At(neuron))
                    + OfNeuron(threshold.IsUniform ? lower : threshold, neuron) + ": " + consequence,
                "lower `" + name + "` or raise `threshold`");
        }
    }

    private void NotAbove(NeuronParameter floor, NeuronParameter value, string name)
    {
        int neuron = Enumerable.Range(0, _size).FirstOrDefault(i => floor.At(i) > value.At(i), -1);
        if (neuron >= 0)
        {
            _context.Error(
                floor.Location,
                "`floor` is " + Scalars.Number(floor.At(neuron)) + ", above `" + name + "` " + Scalars.Number(value.At(neuron)),
                "lower `floor` or raise `" + name + "`");
        }
    }

    private static string OfNeuron(NeuronParameter parameter, int neuron)
        => parameter.IsUniform ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" (neuron {neuron})");
}
