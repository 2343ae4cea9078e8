// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench.Nodes;

namespace NeuroMCU.Laboratory.Evolution;

/// <summary>What became of an array that was taught a task.</summary>
public sealed record EvolutionResult
{
    /// <summary>Answers, in the order of the columns.</summary>
    public required IReadOnlyList<string> Answers { get; init; }

    /// <summary>Accuracy in the test after numbers of presentations, from 0 on.</summary>
    public required IReadOnlyList<(int Presentations, double Accuracy)> Curve { get; init; }

    /// <summary>Readings of all nodes before learning, row by row, as parts of full scale.</summary>
    public required IReadOnlyList<double> Before { get; init; }

    /// <summary>Readings after learning.</summary>
    public required IReadOnlyList<double> After { get; init; }

    /// <summary>Columns of the array.</summary>
    public required int Columns { get; init; }

    /// <summary>Accuracy after an hour without power.</summary>
    public required double AfterPower { get; init; }

    /// <summary>Pulses of learning.</summary>
    public required int Pulses { get; init; }

    /// <summary>Nodes that the survey found stuck.</summary>
    public required int Stuck { get; init; }

    /// <summary>Presentations of the test.</summary>
    public required int Tested { get; init; }

    /// <summary>Accuracy at the end.</summary>
    public double Final => Curve[^1].Accuracy;

    /// <summary>Accuracy of the array before it learned.</summary>
    public double Virgin => Curve[0].Accuracy;

    /// <summary>Nodes at random places that are broken in one of three ways.</summary>
    /// <param name="seed">Which.</param>
    /// <param name="nodes">Nodes of the array.</param>
    /// <param name="share">How many of them, as a share.</param>
    /// <returns>The faults.</returns>
    public static IReadOnlyList<NodeFault> Broken(int seed, int nodes, double share)
    {
        Random random = new(seed);
        NodeFaultKind[] kinds = [NodeFaultKind.StuckOpen, NodeFaultKind.StuckOn, NodeFaultKind.StuckBetween];
        return [.. Enumerable.Range(0, nodes).OrderBy(_ => random.Next()).Take((int)Math.Round(share * nodes))
            .Select(n => new NodeFault(n, kinds[random.Next(kinds.Length)]))];
    }

    /// <summary>Teaches an array.</summary>
    /// <param name="array">The array.</param>
    /// <param name="lesson">Presentations in the order in which they are shown.</param>
    /// <param name="test">Presentations that are never taught.</param>
    /// <param name="answers">Names of the answers.</param>
    /// <param name="every">Presentations between looks at the test.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What became of it; the power has been off at the end.</returns>
    public static async Task<EvolutionResult> OfAsync(ILearningArray array, IReadOnlyList<Presentation> lesson,
        IReadOnlyList<Presentation> test, IReadOnlyList<string> answers, int every, CancellationToken cancellation = default)
    {
        IReadOnlyList<double> before = await array.MapAsync(cancellation).ConfigureAwait(false);
        List<(int, double)> curve = [(0, await AccuracyAsync().ConfigureAwait(false))];
        for (int k = 0; k < lesson.Count; k++)
        {
            await array.ShowAsync(lesson[k], true, cancellation).ConfigureAwait(false);
            if ((k + 1) % every == 0 || k == lesson.Count - 1)
            {
                curve.Add((k + 1, await AccuracyAsync().ConfigureAwait(false)));
            }
        }

        IReadOnlyList<double> after = await array.MapAsync(cancellation).ConfigureAwait(false);
        int pulses = array.Pulses;
        await array.CyclePowerAsync(cancellation).ConfigureAwait(false);
        return new EvolutionResult
        {
            Answers = answers,
            Curve = curve,
            Before = before,
            After = after,
            Columns = array.Size.Columns,
            AfterPower = await AccuracyAsync().ConfigureAwait(false),
            Pulses = pulses,
            Stuck = array.Stuck.Count,
            Tested = test.Count,
        };

        // Presentations without any spike count as wrong.
        async Task<double> AccuracyAsync()
        {
            int right = 0;
            foreach (Presentation shown in test)
            {
                right += await array.ShowAsync(shown, false, cancellation).ConfigureAwait(false) == shown.Right ? 1 : 0;
            }

            return right / (double)test.Count;
        }
    }
}
