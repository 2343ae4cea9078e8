// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Evolution;

/// <summary>The task of orders: volatile nodes remember, nodes that keep their value learn to read them.</summary>
public static class OrderTask
{
    /// <summary>Presentations of a lesson.</summary>
    public const int Lesson = 900;

    private const int Tested = 240;
    private const int Sharpness = 32;
    private const int Half = 50;

    /// <summary>Names of the answers: which channel fired first, second and third.</summary>
    public static IReadOnlyList<string> Answers { get; } = ["abc", "acb", "bac", "bca", "cab", "cba"];

    /// <summary>Teaches a specimen.</summary>
    /// <param name="seed">Which specimens, and which times.</param>
    /// <param name="counts">True to show what counters of spikes would, instead of the volatile nodes.</param>
    /// <returns>What became of it.</returns>
    public static EvolutionResult Evolve(int seed, bool counts)
    {
        OrderPresentations channels = new(seed);
        Random random = new(seed);
        Presentation[] lesson = [.. Enumerable.Range(0, Lesson).Select(_ => channels.Next(random.Next(OrderPresentations.Orders), counts))];
        Presentation[] test = [.. Enumerable.Range(0, Tested).Select(k => channels.Next(k % OrderPresentations.Orders, counts))];
        EvolvingArray array = new(DirectionTask.Board, seed, [], lesson[0].Inputs.Count, Answers.Count, sharpness: Sharpness, half: Half);
        return EvolutionResult.Of(array, lesson, test, Answers, 50);
    }
}
