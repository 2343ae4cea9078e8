// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Evolution;

/// <summary>The task of orders: volatile nodes remember, nodes that keep their value learn to read them.</summary>
public static class OrderTask
{
    private const int Tested = 240;
    private const int Every = 100;

    /// <summary>Gets how the array learns the task: of 100 settings (200 to 900 presentations, sharpness 4 to 64, half after 25 to 200 or
    /// never) the best of <see cref="Validate" /> on four specimens that no test uses.</summary>
    public static LessonSettings Settings { get; } = new(450, 64, 100);

    /// <summary>Names of the answers: which channel fired first, second and third.</summary>
    public static IReadOnlyList<string> Answers { get; } = ["abc", "acb", "bac", "bca", "cab", "cba"];

    /// <summary>Teaches a specimen.</summary>
    /// <param name="seed">Which specimens, and which times.</param>
    /// <param name="counts">True to show what counters of spikes would, instead of the volatile nodes.</param>
    /// <returns>What became of it.</returns>
    public static EvolutionResult Evolve(int seed, bool counts) => Evolve(seed, counts, Settings);

    /// <summary>Teaches a specimen on a virtual device: the firmware teaches, and stores what was learned.</summary>
    /// <param name="seed">Which specimens, and which times.</param>
    /// <param name="counts">True to show what counters of spikes would, instead of the volatile nodes.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What became of it.</returns>
    public static async Task<EvolutionResult> EvolveOnDeviceAsync(int seed, bool counts, CancellationToken cancellation = default)
    {
        (Presentation[] lesson, Presentation[] test) = Draw(seed, counts, Settings);
        using BenchSchool school = new(DirectionTask.Board, seed, []);
        return await school.TeachAsync(lesson, test, Answers, Settings, Every, cancellation).ConfigureAwait(false);
    }

    /// <summary>How well lessons of some settings are learned, on specimens and times that no test uses.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="seeds">Specimens.</param>
    /// <returns>Mean accuracy, 0 to 1.</returns>
    public static double Validate(LessonSettings settings, IReadOnlyCollection<int> seeds)
        => seeds.AsParallel().Select(seed => Evolve(seed, false, settings).Final).Average();

    /// <summary>Teaches a specimen in some way.</summary>
    internal static EvolutionResult Evolve(int seed, bool counts, LessonSettings settings)
    {
        (Presentation[] lesson, Presentation[] test) = Draw(seed, counts, settings);
        EvolvingArray array = new(DirectionTask.Board, seed, [], lesson[0].Inputs.Count, Answers.Count, settings);
        return EvolutionResult.OfAsync(array, lesson, test, Answers, Every).GetAwaiter().GetResult();
    }

    private static (Presentation[] Lesson, Presentation[] Test) Draw(int seed, bool counts, LessonSettings settings)
    {
        OrderPresentations channels = new(seed);
        Random random = new(seed);
        return ([.. Enumerable.Range(0, settings.Presentations).Select(_ => channels.Next(random.Next(OrderPresentations.Orders), counts))],
            [.. Enumerable.Range(0, Tested).Select(k => channels.Next(k % OrderPresentations.Orders, counts))]);
    }
}
