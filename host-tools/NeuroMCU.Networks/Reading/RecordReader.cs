// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Networks.Reading;

/// <summary>Reads what is to be recorded.</summary>
internal static class RecordReader
{
    private const int MostInterval = 10000000;

    /// <summary>Reads the section; without one, all spikes are recorded and no traces.</summary>
    /// <param name="field">The section, or null.</param>
    /// <param name="populations">The populations; their spike recording is set.</param>
    /// <returns>The traces.</returns>
    public static List<TraceRequest> Read(ReadContext context, Field? field, PopulationSet populations)
    {
        MapReader? map = field == null ? null : MapReader.Open(context, field, "a map with `spikes` and `traces`");
        Spikes(context, map?.Take("spikes"), populations);
        List<TraceRequest> traces = [];
        foreach (Field item in Lists.Items(context, map?.Take("traces"), "traces", "- {population: cells, neurons: [0], every: 1 ms}"))
        {
            Trace(context, item, populations, traces);
        }

        map?.Finish();
        return traces;
    }

    private static void Spikes(ReadContext context, Field? field, PopulationSet populations)
    {
        if (field == null || string.Equals(field.Text, "all", StringComparison.Ordinal))
        {
            foreach (Population population in populations.Readable)
            {
                population.Recorded = true;
            }
        }
        else if (field.Items != null)
        {
            foreach (int i in Enumerable.Range(0, field.Items.Children.Count))
            {
                Population? population = populations.Find(context, field.Item(i));
                if (population != null)
                {
                    population.Recorded = true;
                }
            }
        }
        else if (!string.Equals(field.Text, "none", StringComparison.Ordinal))
        {
            context.Error(field, "is " + field.Describe() + ", expected populations", "write `all`, `none` or a list of names in brackets");
        }
    }

    // The membrane of a text is its first state, the current its first input.
    private static int VariableOf(Population population, string quantity)
    {
        if (population.Equations is not { } equations)
        {
            return -1;
        }

        int states = equations.Model.States.Count;
        int named = population.VariableNames.ToList().IndexOf(quantity);
        return named >= 0 ? named : string.Equals(quantity, "current", System.StringComparison.Ordinal) && equations.Model.Inputs.Count > 0
            ? states : 0;
    }

    private static void Trace(ReadContext context, Field item, PopulationSet populations, List<TraceRequest> traces)
    {
        MapReader? map = MapReader.Open(context, item, "a trace");
        if (map == null)
        {
            return;
        }

        Field? populationField = map.Require("population", "cells");
        Field? everyField = map.Require("every", "1 ms");
        Field? neuronsField = map.Take("neurons");
        Field? quantityField = map.Take("quantity");
        map.Finish();
        Population? population = populations.Find(context, populationField);
        string[] variables = [.. population?.VariableNames ?? []];
        string? quantity = quantityField == null ? "membrane"
            : Scalars.Choice(context, quantityField, ["membrane", "current", .. variables]);
        int? every = everyField == null ? null : Scalars.Microseconds(context, everyField, 10, MostInterval);
        if (population == null || every == null || quantity == null)
        {
            return;
        }

        if (population.IsSource)
        {
            context.Error(populationField!, "is `" + population.Name + "`, which has no membrane", "trace a population of neurons");
            return;
        }

        int variable = VariableOf(population, quantity);
        bool current = string.Equals(quantity, "current", StringComparison.Ordinal);
        if (current && !population.IsCircuit && variable < 0)
        {
            context.Error(quantityField!, "is `current`, which a `lif` population does not have as a quantity of its own",
                "trace the membrane");
            return;
        }

        foreach (int neuron in NeuronSelection.Read(context, neuronsField, population) ?? [])
        {
            traces.Add(new TraceRequest(population, neuron, every.Value, context.LocationOf(item), current ? TraceQuantity.Current
                : TraceQuantity.Membrane)
            { Variable = variable });
        }
    }
}
