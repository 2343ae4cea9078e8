// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Networks.Reading;

/// <summary>Reads what drives the outputs of the board.</summary>
internal static class OutputReader
{
    private const int MostOutputs = 32;
    private const int MostPulse = 1000000;

    /// <summary>Reads the section.</summary>
    /// <param name="field">The section, or null.</param>
    /// <param name="readoutNames">Names of all read-outs, those with errors included.</param>
    /// <returns>The bindings that could be read.</returns>
    public static List<OutputBinding> Read(
        ReadContext context, Field? field, PopulationSet populations, IReadOnlyList<Readout> readouts,
        IReadOnlyCollection<string> readoutNames)
    {
        List<OutputBinding> outputs = [];
        foreach (Field item in Lists.Items(context, field, "outputs", "- {readout: azimuth, output: 0, from: -90 deg, to: 90 deg}"))
        {
            MapReader? map = MapReader.Open(context, item, "an output");
            if (map == null)
            {
                continue;
            }

            Field? outputField = map.Require("output", "0");
            Field? readoutField = map.Take("readout");
            Field? populationField = map.Take("population");
            int? output = (int?)(outputField == null ? null : Scalars.Integer(context, outputField, 0, MostOutputs - 1));
            OutputBinding? binding = null;
            if (readoutField == null == (populationField == null))
            {
                context.Error(item, "needs either `readout` or `population`", "name what drives the output");
            }
            else if (readoutField != null)
            {
                binding = OfReadout(context, map, readoutField, output ?? 0, readouts, readoutNames);
                map.Refuse("a read-out sets a level, it makes no pulses", "neuron", "pulse");
                map.Finish();
            }
            else
            {
                binding = OfNeuron(context, map, populationField!, output ?? 0, populations);
                map.Refuse("a neuron makes pulses, it sets no level", "from", "to");
                map.Finish();
            }

            if (binding != null && outputs.Exists(o => o.Output == binding.Output))
            {
                context.Error(
                    outputField ?? item,
                    string.Create(CultureInfo.InvariantCulture, $"drives output {binding.Output}, which another entry drives already"),
                    "choose another output");
            }
            else if (binding != null)
            {
                outputs.Add(binding);
            }
        }

        return outputs;
    }

    private static OutputBinding? OfReadout(
        ReadContext context, MapReader map, Field field, int output, IReadOnlyList<Readout> readouts, IReadOnlyCollection<string> names)
    {
        Field? fromField = map.Require("from", "-90 deg");
        Field? toField = map.Require("to", "90 deg");
        if (field.Text == null || !names.Contains(field.Text, StringComparer.Ordinal))
        {
            string hint = Suggestion.Hint(field.Text ?? string.Empty, names) ?? "read-outs: " + string.Join(", ", names);
            context.Error(field, "is " + field.Describe() + ", which is no read-out of this file", hint, DiagnosticKind.Name);
            return null;
        }

        Readout? readout = readouts.FirstOrDefault(r => string.Equals(r.Name, field.Text, StringComparison.Ordinal));
        string unit = readout?.Unit ?? string.Empty;
        double? from = fromField == null ? null : ReadoutReader.Value(context, fromField, ref unit);
        double? to = toField == null ? null : ReadoutReader.Value(context, toField, ref unit);
        if (readout == null || from is not { } low || to is not { } high)
        {
            return null;
        }

        if (low.Equals(high))
        {
            context.Error(toField!, "is " + toField!.Describe() + ", the same as `from`", "give the output a range");
            return null;
        }

        return new OutputBinding { Readout = readout, Output = output, From = low, To = high, Location = context.LocationOf(map.Field) };
    }

    private static OutputBinding? OfNeuron(ReadContext context, MapReader map, Field field, int output, PopulationSet populations)
    {
        Field? neuronField = map.Require("neuron", "0");
        Field? pulseField = map.Take("pulse");
        Population? population = populations.Find(context, field);
        int pulse = (pulseField == null ? null : Scalars.Microseconds(context, pulseField, 1, MostPulse)) ?? 1000;
        int? neuron = population == null || neuronField == null ? null : NeuronSelection.Index(context, neuronField, population);
        return neuron == null
            ? null
            : new OutputBinding
            {
                Population = population,
                Neuron = neuron.Value,
                Output = output,
                PulseWidth = pulse,
                Location = context.LocationOf(map.Field),
            };
    }
}
