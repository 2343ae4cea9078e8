// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.VirtualBench.Nodes;

namespace NeuroMCU.Laboratory.Evolution;

/// <summary>The task of directions: recordings of some sounds teach, recordings of other sounds test.</summary>
public sealed class DirectionTask
{
    /// <summary>Gets how the array learns the task: among the best of 16 settings (100 and 200 presentations, sharpness 2 to 16, half after
    /// 100 or never) by <see cref="Validate" />, which leaves out one taught sound after the other and sees no test.</summary>
    public static LessonSettings Settings { get; } = new(200, 4, 0);

    /// <summary>Name of the board profile with the array.</summary>
    public const string Board = "virtual-array";

    private const int Trials = 3000;
    private const double Near = 10;

    private readonly IReadOnlyList<(Presentation Shown, double Heard)> _tested;

    /// <summary>Splits presentations by their sound.</summary>
    /// <param name="all">Presentations with what the existing read-out heard, in degrees.</param>
    /// <param name="testSounds">Sounds that are never taught.</param>
    public DirectionTask(IReadOnlyList<(Presentation Shown, double Heard)> all, IReadOnlyCollection<string> testSounds)
    {
        _tested = [.. all.Where(a => testSounds.Contains(a.Shown.Sound))];
        Taught = [.. all.Where(a => !testSounds.Contains(a.Shown.Sound)).Select(a => a.Shown)];
        Tested = [.. _tested.Select(a => a.Shown)];
    }

    /// <summary>Sounds of the test unless others are chosen.</summary>
    public static IReadOnlyCollection<string> UsualTest { get; } = ["crow", "snap", "speech_it"];

    /// <summary>Names of the answers.</summary>
    public static IReadOnlyList<string> Answers { get; } =
        [.. DirectionPresentations.Azimuths.Select(a => a.ToString("+0;-0;0", CultureInfo.InvariantCulture) + "°")];

    /// <summary>Presentations that teach.</summary>
    public IReadOnlyList<Presentation> Taught { get; }

    /// <summary>Presentations that test.</summary>
    public IReadOnlyList<Presentation> Tested { get; }

    /// <summary>Teaches a specimen.</summary>
    /// <param name="seed">Which specimen, and which order of presentations.</param>
    /// <param name="faults">What is broken.</param>
    /// <returns>What became of it.</returns>
    public EvolutionResult Evolve(int seed, IReadOnlyList<NodeFault> faults) => Evolve(seed, faults, Settings);

    /// <summary>Teaches a specimen on a virtual device: the firmware teaches, and stores what was learned.</summary>
    /// <param name="seed">Which specimen, and which order of presentations.</param>
    /// <param name="faults">What is broken.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What became of it.</returns>
    public async Task<EvolutionResult> EvolveOnDeviceAsync(int seed, IReadOnlyList<NodeFault> faults,
        CancellationToken cancellation = default)
    {
        using BenchSchool school = new(Board, seed, faults);
        return await school.TeachAsync(Lesson(seed, Settings), Tested, Answers, Settings, 10, cancellation).ConfigureAwait(false);
    }

    /// <summary>Teaches a specimen in some way.</summary>
    internal EvolutionResult Evolve(int seed, IReadOnlyList<NodeFault> faults, LessonSettings settings)
    {
        Presentation[] lesson = Lesson(seed, settings);
        EvolvingArray array = new(Board, seed, faults, DirectionPresentations.Pools, Answers.Count, settings, Taught);
        return EvolutionResult.OfAsync(array, lesson, Tested, Answers, 10).GetAwaiter().GetResult();
    }

    /// <summary>Accuracy of ridge regression on the same pools.</summary>
    /// <returns>0 to 1.</returns>
    public double Ridge()
    {
        RidgeReadout fit = RidgeReadout.Fit(Taught, Answers.Count);
        return Accuracy(fit.Answer);
    }

    /// <summary>Accuracy of an array that is placed by hand: each column conducts what its direction gives on average, all columns as
    /// much together, and the largest sum wins.</summary>
    /// <returns>0 to 1.</returns>
    public double Placed()
    {
        double[][] columns = [.. Enumerable.Range(0, Answers.Count).Select(j =>
        {
            double[][] own = [.. Taught.Where(p => p.Right == j).Select(p => p.Parts)];
            double[] mean = [.. Enumerable.Range(0, DirectionPresentations.Pools)
                .Select(i => own.Select(o => o[i]).DefaultIfEmpty(0).Average())];
            double length = Math.Sqrt(mean.Sum(m => m * m));
            return (double[])[.. mean.Select(m => length == 0 ? 0 : m / length)];
        })];
        return Accuracy(p => Best([.. columns.Select(c => c.Zip(p.Parts, (w, x) => w * x).Sum())]));
    }

    /// <summary>How well lessons of some settings are learned without a look at the test: each taught sound is left out in turn and
    /// asked.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="seeds">Specimens.</param>
    /// <returns>Mean accuracy, 0 to 1.</returns>
    public double Validate(LessonSettings settings, IReadOnlyCollection<int> seeds)
        => Taught.Select(t => t.Sound).Distinct().SelectMany(sound => seeds.Select(seed =>
        {
            DirectionTask fold = new([.. Taught.Select(t => (t, 0.0))], [sound]);
            return fold.Evolve(seed, [], settings).Final;
        })).Average();

    /// <summary>Accuracy of the existing read-out, which answers in degrees.</summary>
    /// <returns>0 to 1.</returns>
    public double Readout()
        => _tested.Count(t => Math.Abs(DirectionPresentations.Azimuths[t.Shown.Right] - t.Heard) <= Near) / (double)_tested.Count;

    /// <summary>Accuracy of reward-modulated learning in double precision after 3000 presentations: an answer is drawn by its share in
    /// exp(4·sum), and its weights move by its inputs times how much better than usual the answer was.</summary>
    /// <param name="seed">Draws presentations and answers.</param>
    /// <returns>0 to 1.</returns>
    public double Rewarded(int seed)
    {
        const double Step = 0.05;
        const double Memory = 0.02;
        Random random = new(seed);
        double[,] weights = new double[DirectionPresentations.Pools, Answers.Count];
        double usual = 0;
        for (int k = 0; k < Trials; k++)
        {
            Presentation shown = Taught[random.Next(Taught.Count)];
            double[] sums = Sums(weights, shown);
            double[] shares = [.. sums.Select(s => Math.Exp(4 * (s - sums.Max())))];
            double draw = random.NextDouble() * shares.Sum();
            int answer = 0;
            while (answer < shares.Length - 1 && draw >= shares[answer])
            {
                draw -= shares[answer++];
            }

            double reward = answer == shown.Right ? 1 : 0;
            for (int i = 0; i < DirectionPresentations.Pools; i++)
            {
                weights[i, answer] = Math.Clamp(weights[i, answer] + (Step * (reward - usual) * shown.Parts[i]), 0, 1);
            }

            usual += Memory * (reward - usual);
        }

        return Accuracy(p => Array.IndexOf(Sums(weights, p), Sums(weights, p).Max()));
    }

    private Presentation[] Lesson(int seed, LessonSettings settings)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, settings.Presentations).Select(_ => Taught[random.Next(Taught.Count)])];
    }

    private static double[] Sums(double[,] weights, Presentation shown)
        => [.. Enumerable.Range(0, weights.GetLength(1)).Select(j => shown.Parts.Select((x, i) => x * weights[i, j]).Sum())];

    private static int Best(double[] sums) => Array.IndexOf(sums, sums.Max());

    private double Accuracy(Func<Presentation, int> answer) => Tested.Count(t => answer(t) == t.Right) / (double)Tested.Count;
}
