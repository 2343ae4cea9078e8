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
    /// <param name="projections">The projections, whose weights may be recorded.</param>
    /// <returns>The traces.</returns>
    public static List<TraceRequest> Read(ReadContext context, Field? field, PopulationSet populations,
        IReadOnlyList<Projection> projections)
    {
        MapReader? map = field == null ? null : MapReader.Open(context, field, "a map with `spikes`, `traces` and `weights`");
        Spikes(context, map?.Take("spikes"), populations);
        List<TraceRequest> traces = [];
        foreach (Field item in Lists.Items(context, map?.Take("traces"), "traces", "- {population: cells, neurons: [0], every: 1 ms}"))
        {
            Trace(context, item, populations, traces);
        }

        foreach (Field item in Lists.Items(context, map?.Take("weights"), "weights", "- {projection: learned, from: [0], to: [0], every: 100 ms}"))
        {
            Weights(context, item, projections, traces);
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

    private static void Weights(ReadContext context, Field item, IReadOnlyList<Projection> projections, List<TraceRequest> traces)
    {
        MapReader? map = MapReader.Open(context, item, "weights of a projection");
        if (map == null)
        {
            return;
        }

        Field? projectionField = map.Require("projection", "learned");
        Field? everyField = map.Require("every", "100 ms");
        Field? fromField = map.Take("from");
        Field? toField = map.Take("to");
        map.Finish();
        string? name = projectionField == null ? null : Scalars.Choice(context, projectionField, [.. projections.Select(p => p.Name)]);
        Projection? projection = projections.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.Ordinal));
        int? every = everyField == null ? null : Scalars.Microseconds(context, everyField, 10, MostInterval);
        if (projection == null || every == null)
        {
            return;
        }

        if (projection.Learning == null)
        {
            context.Error(projectionField!, "is `" + projection.Name + "`, whose weights stay as they are", "record weights of a projection with `learning`");
            return;
        }

        IReadOnlyList<int> from = NeuronSelection.Read(context, fromField, projection.Source) ?? [];
        IReadOnlyList<int> to = NeuronSelection.Read(context, toField, projection.Target) ?? [];
        HashSet<int> targets = [.. to];
        int before = traces.Count;
        foreach (IGrouping<(int Pre, int Post), Connection> between in from
            .SelectMany(pre => projection.Connections.Where(c => c.Pre == pre)).Where(c => targets.Contains(c.Post))
            .GroupBy(c => (c.Pre, c.Post)))
        {
            for (int k = 0; k < between.Count(); k++)
            {
                traces.Add(new TraceRequest(projection.Target, between.Key.Post, every.Value, context.LocationOf(item))
                {
                    Projection = projection,
                    Pre = between.Key.Pre,
                    Parallel = k,
                });
            }
        }

        if (traces.Count == before && from.Count > 0 && to.Count > 0)
        {
            context.Error(item, "names no synapse of `" + projection.Name + "`", "choose `from` and `to` that it connects, or leave them out");
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
        string? quantity = quantityField == null ? "membrane" : population == null ? null
            : Scalars.Choice(context, quantityField, ["membrane", "current", .. population.VariableNames]);
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
