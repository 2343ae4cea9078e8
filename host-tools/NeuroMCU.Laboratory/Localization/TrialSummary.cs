// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Recordings;

namespace NeuroMCU.Laboratory.Localization;

/// <summary>Errors of a group of trials.</summary>
public sealed class TrialSummary
{
    private const double Wrongness = 15;

    private readonly IReadOnlyList<LocalizationTrial> _trials;

    /// <summary>Sums up trials.</summary>
    /// <param name="name">Name of the group.</param>
    /// <param name="trials">The trials, at least one.</param>
    public TrialSummary(string name, IReadOnlyList<LocalizationTrial> trials)
    {
        Name = name;
        _trials = trials;
    }

    /// <summary>Gets the trials.</summary>
    public IReadOnlyList<LocalizationTrial> Trials => _trials;

    /// <summary>Gets the name of the group.</summary>
    public string Name { get; }

    /// <summary>Gets the number of trials.</summary>
    public int Count => _trials.Count;

    /// <summary>Gets the mean absolute error in degrees.</summary>
    public double MeanError => _trials.Average(t => t.Error);

    /// <summary>Gets the largest absolute error in degrees.</summary>
    public double MaxError => _trials.Max(t => t.Error);

    /// <summary>Gets the number of trials on the wrong side, more than 10° off.</summary>
    public int WrongSide => _trials.Count(t => t.IsWrongSide);

    /// <summary>Gets the number of answers that the device called unsure, unheard sounds included.</summary>
    public int Unsure => _trials.Count(t => t.Heard.Main is not { Sure: true });

    /// <summary>Gets the number of answers that are more than 15° off, unheard sounds included.</summary>
    public int Wrong => _trials.Count(IsWrong);

    /// <summary>Gets how many of <see cref="Wrong" /> the device called unsure, or did not hear.</summary>
    public int WrongUnsure => _trials.Count(t => IsWrong(t) && t.Heard.Main is not { Sure: true });

    /// <summary>Gets the trials by their true azimuth, from left to right.</summary>
    public IEnumerable<IGrouping<double, LocalizationTrial>> ByAzimuth => _trials.GroupBy(t => t.Recording.Azimuth).OrderBy(g => g.Key);

    /// <summary>Gets the mean absolute error of the plain cross-correlation in degrees.</summary>
    public double PlainError => _trials.Average(t => t.PlainError);

    /// <summary>Gets the mean absolute error of the phase transform in degrees.</summary>
    public double PhaseTransformError => _trials.Average(t => t.PhaseTransformError);

    /// <summary>Gets the number of spikes that were received.</summary>
    public long Spikes => _trials.Sum(t => t.Heard.Spikes);

    /// <summary>Gets everything that was lost, by cause.</summary>
    public LossAccount Losses => LossAccount.Sum(_trials.Select(t => t.Heard.Losses));

    /// <summary>Sums trials up by class of sound and condition.</summary>
    /// <param name="trials">The trials.</param>
    /// <returns>One summary per class and condition, in the order in which they appear.</returns>
    public static IReadOnlyList<TrialSummary> ByClass(IReadOnlyList<LocalizationTrial> trials)
    {
        return trials.GroupBy(t => (t.Recording.Condition, t.Recording.Class))
            .OrderBy(g => string.Equals(g.Key.Condition, "clean", System.StringComparison.Ordinal) ? 0 : 1)
            .Select(g => new TrialSummary(g.Key.Class + (string.Equals(g.Key.Condition, "clean", System.StringComparison.Ordinal)
                ? string.Empty : ", " + g.Key.Condition), g.ToArray()))
            .ToArray();
    }

    private static bool IsWrong(LocalizationTrial trial) => trial.Error > Wrongness;
}
