// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks.Equations;
using NeuroMCU.VirtualBench.Nodes;

namespace NeuroMCU.Nodes.Tests;

/// <summary>The bench's laws in closed form against the texts of models/memory, stepped by the reference's evaluator.</summary>
public class LawTests
{
    public static TheoryData<string, double, double, double[]> Laws => new()
    {
        // Volts for so long, at a step of the text, then the next; last the tolerance in parts of the range.
        { "lithium-tiox", 1e-5, 0.02, [1.5, 0.01, 0, 0.05, 1.5, 0.02, -0.8, 0.01, 0, 0.2, 3.3, 0.002, 0, 0.1, -2, 0.0008, 1.0, 0.05, 2,
            0.0003] },
        { "tiox-memristor", 1e-6, 0.001, [4, 0.0003, 0, 0.001, -4, 0.0002, 0.9, 0.01, 2.5, 0.0005] },
        { "nanofluidic-unipolar", 0.05, 0.002, [1, 20, 0, 50, -0.8, 30] },
        { "nanofluidic-bipolar", 0.05, 0.002, [1, 20, 0, 50, -0.8, 30, 0.02, 10] },
        { "asymmetric-channel", 0.001, 0.001, [1, 2, 0.1, 1, -1, 2, 0, 1] },
    };

    [Theory]
    [MemberData(nameof(Laws))]
    public void A_law_in_closed_form_follows_its_text(string law, double step, double tolerance, double[] course)
    {
        ModelText text = ModelLibrary.Find(law);
        Dictionary<string, double> values = text.Parameters.ToDictionary(p => p.Name, p => p.Default, StringComparer.Ordinal);
        Dictionary<string, double[]> each = values.ToDictionary(v => v.Key, v => new[] { v.Value }, StringComparer.Ordinal);
        each["V"] = [0];
        var run = new ModelRun(new ModelNeurons(text, 1, each), step);
        MemoryNode node = NodeLaws.Make(law, new NodeParameters(values));
        var state = new double[text.States.Count];
        for (int k = 0; k < state.Length; k++)
        {
            state[k] = run.Value(0, k);
        }

        node.State = state;
        double volts = 0;
        for (int k = 0; k < course.Length; k += 2)
        {
            run.ChangeDrive(0, course[k] - volts);
            volts = course[k];
            int steps = (int)Math.Round(course[k + 1] / step);
            for (int n = 0; n < steps; n++)
            {
                run.Step(0, null);
                node.Hold(volts, step);
            }

            for (int s = 0; s < state.Length; s++)
            {
                double expected = run.Value(0, s);
                double range = Math.Max(Math.Abs(expected), Math.Abs(node.State[s]));
                Assert.True(Math.Abs(node.State[s] - expected) <= (tolerance * range) + 1e-15,
                    $"{law} after {volts} V: {text.States[s].Name} is {node.State[s]}, the text says {expected}");
            }
        }
    }

    [Fact]
    public void One_long_hold_is_as_good_as_many_short_ones()
    {
        foreach (string law in NodeLaws.Names.Where(n => n is not ("asymmetric-channel" or NodeLaws.Potentiometer)))
        {
            Dictionary<string, double> values = NodeLaws.Parts(law).Count > 0
                ? new(NodeLaws.Parts(law), StringComparer.Ordinal)
                : ModelLibrary.Find(law).Parameters.ToDictionary(p => p.Name, p => p.Default, StringComparer.Ordinal);
            MemoryNode whole = NodeLaws.Make(law, new NodeParameters(values));
            MemoryNode parts = NodeLaws.Make(law, new NodeParameters(values));
            foreach ((double volts, double seconds) in new[] { (1.5, 0.02), (0.0, 0.3), (-0.9, 0.01), (2.2, 0.0004) })
            {
                whole.Hold(volts, seconds);
                for (int k = 0; k < 1000; k++)
                {
                    parts.Hold(volts, seconds / 1000);
                }

                Assert.Equal(1, whole.Conductance / parts.Conductance, 1e-3);
            }
        }
    }
}
