// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Reproductions;
using NeuroMCU.Laboratory.Reproductions.Rows;
using NeuroMCU.Networks;

namespace NeuroMCU.Laboratory.Tests.Reproductions;

/// <summary>A row that passes whatever the neurons and synapses are proves nothing: each measures something else once they are other
/// ones.</summary>
public sealed class SensitivityTests
{
    // Passes that no network stands behind.
    private static readonly HashSet<string> s_without = new(StringComparer.Ordinal)
    {
        // The closed form over drawn parts: its own tests are those of the closed form and of the spread.
        "parts-rate-median",

        // Without sodium channels it is silent whatever else is changed; that it fires with them is the row beside it.
        "pinsky-rinzel-ttx",

        // Small whole numbers and directions, which these factors leave: the pattern stays one of bursts, the sign is that of the voltage,
        // and a charge over a conductance is the same where both grow.
        "adex-regular-bursting-burst", "adex-regular-bursting-first-burst", "asymmetric-time", "ionic-slit-block",
        "nanofluidic-pairing-after", "nanofluidic-pairing-before",
        "learning-rate-rule-depression", "learning-rate-rule-rest", "learning-rate-rule-rest-again",

        // Two-state nodes without neurons: the tests of the node's law are their own.
        "logic-imp", "logic-not", "logic-or", "logic-and", "logic-half-adder", "logic-imp-yield-10", "logic-imp-yield-20",
    };

    // Eager: fires earlier and lets go later. Slow: the opposite. Dead: needs more current than any row has.
    // Factors on component values, weights and time constants of receptors.
    private static readonly (Dictionary<string, double> Parts, double Weight, double Tau)[] s_others =
    [
        (new(StringComparer.Ordinal) { ["onset"] = 0.75, ["hold"] = 1.25, ["threshold"] = 0.93, ["capacitance"] = 1.1, ["load"] = 0.93,
            ["on_resistance"] = 1.2 }, 2.2, 1.1),
        (new(StringComparer.Ordinal) { ["onset"] = 1.25, ["hold"] = 0.8, ["threshold"] = 1.15, ["capacitance"] = 1.4,
            ["soma_resistance"] = 1.4 }, 0.4, 0.8),
        (new(StringComparer.Ordinal) { ["onset"] = 4, ["hold"] = 5 }, 1, 1),
    ];

    [Fact]
    public void Every_pass_changes_with_the_neurons_and_synapses()
    {
        (ReproductionRow Row, double Value)[] left =
        [
            .. PublishedRows.Results.Where(r => r.Column == Column.Reference && r.Row.Given is null && r.Row.Accepts(r.Obtained))
                .Select(r => (r.Row, r.Obtained)),
        ];
        Assert.InRange(left.Length, 100, int.MaxValue);
        foreach ((Dictionary<string, double> parts, double weight, double tau) in s_others)
        {
            HashSet<Population> changed = [];
            CircuitLaboratory other = new CircuitLaboratory(network => Change(network, changed, parts, weight, tau));
            left = [.. left.Where(m => m.Row.Measure(other, Column.Reference).Equals(m.Value))];
        }

        string[] names = [.. left.Select(m => m.Row.Name).Order(StringComparer.Ordinal)];
        Assert.True(names.SequenceEqual(s_without.Order(StringComparer.Ordinal)),
            "rows that measure the same whatever the model is: " + string.Join(", ", names));
    }

    // Rows share the networks of a laboratory, so that each population is changed once.
    private static void Change(Network network, HashSet<Population> changed, Dictionary<string, double> parts, double weight, double tau)
    {
        foreach (Population population in network.Populations.Where(changed.Add))
        {
            IDictionary<string, NeuronParameter> values = (IDictionary<string, NeuronParameter>)population.Parameters;
            foreach ((string name, double factor) in parts.Where(p => values.ContainsKey(p.Key)))
            {
                values[name] = values[name] with { Values = [.. values[name].Values.Select(v => v * factor)] };
            }

            // Texts: parameters that are conductances, time constants and the like, and what drives the neuron.
            foreach (string name in population.Equations == null ? [] : population.Equations.Model.Parameters.Where(p => p.Default > 0)
                .Select(p => p.Name))
            {
                double[] own = population.Equations!.Values(name);
                Array.ConvertAll(own, v => v * tau).CopyTo(own, 0);
            }

            IList<ReceptorSpec> receptors = (IList<ReceptorSpec>)population.Receptors;
            for (int i = 0; i < receptors.Count; i++)
            {
                receptors[i] = receptors[i] with { Tau = receptors[i].Tau * tau };
            }

            foreach (Projection projection in network.Projections.Where(p => p.Target == population))
            {
                // What learns stays below its limit, and its rule is another one.
                double most = projection.Learning?.Limit ?? double.PositiveInfinity;
                IList<Connection> connections = (IList<Connection>)projection.Connections;
                for (int i = 0; i < connections.Count; i++)
                {
                    connections[i] = connections[i] with { Weight = Math.Min(connections[i].Weight * weight, most) };
                }

                foreach (string name in projection.Learning?.Text.Model.Parameters.Select(p => p.Name) ?? [])
                {
                    double[] own = projection.Learning!.Values.Values(name);
                    Array.ConvertAll(own, v => v * tau).CopyTo(own, 0);
                }
            }
        }
    }
}
