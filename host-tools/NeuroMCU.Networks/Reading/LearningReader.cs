// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Files.Yaml;
using NeuroMCU.Networks.Equations;
using YamlDotNet.RepresentationModel;

namespace NeuroMCU.Networks.Reading;

/// <summary>Reads how a projection learns: the name of a rule, or a map with the rule and what is to differ from its text.</summary>
internal static class LearningReader
{
    /// <summary>Reads it.</summary>
    /// <param name="context">The file.</param>
    /// <param name="fields">Fields of the projection.</param>
    /// <param name="populations">Populations for the modulator.</param>
    /// <param name="limit">`weight_limit`; 0 where there is none.</param>
    /// <param name="weights">Weights at the start.</param>
    /// <returns>How it learns; null after a report.</returns>
    public static ProjectionLearning? Read(ReadContext context, ProjectionFields fields, PopulationSet populations, double limit,
        double[] weights)
    {
        Field field = fields.Learning!;
        bool isMap = field.Node is YamlMappingNode;
        bool isText = isMap && ((YamlMappingNode)field.Node).Children.ContainsKey(new YamlScalarNode("neuromcu-learning"));
        MapReader? map = isMap && !isText ? MapReader.Open(context, field, "the name of a rule, or a map with `rule`") : null;
        Field? ruleField = map == null ? field : map.Require("rule", "stdp");
        LearningRule? rule = ruleField == null ? null : Find(context, ruleField);
        if (rule == null)
        {
            map?.Finish();
            return null;
        }

        int errors = context.ErrorCount;
        Dictionary<string, double[]> values = new(StringComparer.Ordinal);
        Population? modulator = null;
        if (map != null)
        {
            modulator = ReadMap(context, map, rule, populations, values);
        }

        if (rule.IsModulated && modulator == null && context.ErrorCount == errors)
        {
            context.Error(field, "needs a `modulator`: the rule `" + rule.Model.Name + "` has a block `on modulation`", "write `learning: {rule: " + rule.Model.Name + ", modulator: reward}` with the name of a population");
        }

        if (fields.Limit == null)
        {
            context.Error(field, "learns between 0 and `weight_limit`, which is missing", "add `weight_limit` to the projection: the weight at which learning stops", DiagnosticKind.Weight);
        }

        bool negative = Array.Exists(weights, w => w < 0);
        if (negative && Array.Exists(weights, w => w > 0))
        {
            context.Error(fields.Weight ?? field, "has weights of both signs, but a projection that learns keeps one sign", "split the projection", DiagnosticKind.Weight);
        }

        if (weights.Length > LearningTable.MaxSynapses)
        {
            context.Error(field, FormattableString.Invariant($"has {weights.Length} synapses"), FormattableString.Invariant($"a projection that learns has {LearningTable.MaxSynapses} at most; split it"), DiagnosticKind.TooBig);
        }

        ModelNeurons neurons = new(rule.Model, 1, values);
        CheckTimes(context, field, rule, neurons);
        int interval = rule.Interval == null || context.ErrorCount != errors ? 0
            : Interval(context, field, neurons.Evaluate(rule.Interval, 0));
        return context.ErrorCount != errors
            ? null
            : new ProjectionLearning(rule.Model.Name, negative ? -limit : limit, modulator, context.LocationOf(field))
            {
                Text =
                rule,
                Values = neurons,
                Interval = interval
            };
    }

    /// <summary>Finds a rule by its name or path, or reads one that stands in the field.</summary>
    /// <returns>The rule, or null (reported).</returns>
    public static LearningRule? Find(ReadContext context, Field field)
    {
        if (field.Text == null)
        {
            return ModelTextReader.ReadRule(context, field);
        }

        try
        {
            return ModelLibrary.FindRule(ModelLibrary.IsPath(field.Text) ? context.ReadFile(field.Text) : field.Text);
        }
        catch (NetworkFileException e)
        {
            foreach (Diagnostic finding in e.Diagnostics)
            {
                bool here = finding.Line == 0;
                SourceLocation place =
                    here ? context.LocationOf(field) : new SourceLocation(finding.File, finding.Line, finding.Column, finding.Path);
                context.Error(place, (here ? "is `" + field.Text + "`: " : string.Empty) + finding.Message, finding.Hint, finding.Kind);
            }

            return null;
        }
    }

    private static Population? ReadMap(ReadContext context, MapReader map, LearningRule rule, PopulationSet populations,
        Dictionary<string, double[]> values)
    {
        Field? modulatorField = map.Take("modulator");
        Population? modulator = modulatorField == null ? null : populations.Find(context, modulatorField);
        if (modulator != null && !rule.IsModulated)
        {
            context.Error(modulatorField!, "has no effect: the rule `" + rule.Model.Name + "` has no block `on modulation`", "leave it out, or use a rule such as reward-stdp");
        }

        ReadParameters(context, map, rule, values);
        map.Finish();
        return modulator;
    }

    /// <summary>Reads a preset and parameters.</summary>
    /// <param name="context">The file.</param>
    /// <param name="map">Where they stand.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="values">Gets their values.</param>
    public static void ReadParameters(ReadContext context, MapReader map, LearningRule rule, Dictionary<string, double[]> values)
    {
        Field? presetField = map.Take("preset");
        if (presetField != null && Scalars.Choice(context, presetField, [.. rule.Model.Presets.Keys]) is { } preset)
        {
            foreach ((string name, double value) in rule.Model.Presets[preset])
            {
                values[name] = [value];
            }
        }

        foreach (ModelParameter parameter in rule.Model.Parameters)
        {
            Field? given = map.Take(parameter.Name);
            if (given == null)
            {
                continue;
            }

            if (EquationPopulationReader.Values(context, given, parameter.Dimension, parameter.Unit, 1) is not [double value])
            {
                continue;
            }

            if (!(value >= parameter.Least && value <= parameter.Most))
            {
                context.Error(given, "is " + parameter.Unit.Text(value) + ", out of range", "write a value from " + parameter.Unit.Text(parameter.Least) + " to " + parameter.Unit.Text(parameter.Most));
            }

            values[parameter.Name] = [value];
        }
    }

    /// <summary>Checks times: a decay takes between 10 µs and 1500 s, a window up to 500 s.</summary>
    public static void CheckTimes(ReadContext context, Field field, LearningRule rule, ModelNeurons neurons)
    {
        foreach (RuleVariable variable in rule.Variables)
        {
            double time = variable.Time == null ? 1 : neurons.Evaluate(variable.Time, 0);
            double most = variable.Course == LearningCourse.Counts ? 500 : 1500;
            if (!(time >= 1e-5 && time <= most))
            {
                context.Error(field, FormattableString.Invariant($"gives `{variable.Name}` a time of {time:G4} s"), FormattableString.Invariant($"use 0.01 ms to {most} s"));
            }
        }
    }

    /// <summary>The interval between blocks of time.</summary>
    /// <returns>µs; 0 (reported) when it is out of range.</returns>
    public static int Interval(ReadContext context, Field field, double seconds)
    {
        double us = Math.Round(seconds * 1e6);
        if (!(us >= LearningTable.MinInterval && us < int.MaxValue))
        {
            context.Error(field, FormattableString.Invariant($"has an interval of {seconds:G4} s"), "use 1 ms to 2000 s");
            return 0;
        }

        return (int)us;
    }
}
