// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Laboratory.Localization.Head;

namespace NeuroMCU.Laboratory.Localization.Rivals;

/// <summary>
/// Fits the rivals of a network: other explanations of what was heard, from above or with another head, that make an answer unsure where
/// they explain its cues better. Their limits are set so that of clean sounds which took no part in the fit hardly any is lost.
/// </summary>
internal sealed class RivalFit
{
    // Clean answers that a rival may cost, of generated sounds; recordings are lost less often.
    private const double LostToAbove = 0.04;
    private const double LostToOthers = 0.04;

    private const int TablesFromAbove = 80;
    private const int TablesOtherHead = 50;

    // What all noisy answers count against all clean ones, and each kind of rival.
    private const double NoisyWeight = 0.4;
    private const double AboveWeight = 0.5;
    private const double SizesWeight = 0.3;
    private const double SpheresWeight = 0.3;
    private const double PairsWeight = 0.2;

    // A rival with fewer answers is none of this head.
    private const int LeastAnswers = 50;

    private const double LeastOdds = -2;
    private const double MostOdds = 1.98;

    private static readonly string s_never = string.Join(',', Enumerable.Repeat($"0,{short.MaxValue}", BoostedTables.Questions));

    private readonly IReadOnlyList<HeardAnswer> _clean;
    private readonly IReadOnlyList<HeardAnswer> _noisy;

    private RivalFit(IReadOnlyList<HeardAnswer> clean, IReadOnlyList<HeardAnswer> noisy)
    {
        _clean = clean;
        _noisy = noisy;
    }

    /// <summary>A file with a rival that explains nothing.</summary>
    public static string Nothing => Header() + $"1,{s_never},{string.Join(',', Enumerable.Repeat("-2", 1 << BoostedTables.Questions))}\n";

    /// <summary>Fits rivals.</summary>
    /// <param name="head">The head that the network was made for.</param>
    /// <param name="tables">The network, with <see cref="Nothing" /> for rivals.</param>
    /// <param name="progress">Receives what is being done; may be null.</param>
    /// <returns>The text of a file of rivals.</returns>
    public static string Of(IHead head, NetworkTables tables, Action<string>? progress)
    {
        TrainingAnswers answers = new(head, tables);
        progress?.Invoke("hearing sounds that are to stay sure");
        RivalFit fit = new(answers.Clean(), answers.Noisy());
        progress?.Invoke("hearing sounds from above");
        (IReadOnlyList<HeardAnswer>, double)[] above = [(answers.FromAbove(), AboveWeight)];
        progress?.Invoke("hearing with other heads");
        (IReadOnlyList<HeardAnswer>, double)[] others =
        [
            (answers.WithItsSizes(), SizesWeight), (answers.WithSpheres(), SpheresWeight), (answers.WithPairs(), PairsWeight),
        ];
        progress?.Invoke("fitting decision tables");
        StringBuilder text = new(Header());
        int rivals = 0;
        foreach ((var kinds, int tablesOf, double lost) in
            new[] { (above, TablesFromAbove, LostToAbove), (others, TablesOtherHead, LostToOthers) })
        {
            (IReadOnlyList<HeardAnswer> Answers, double Weight)[] heard = [.. kinds.Where(k => k.Item1.Count >= LeastAnswers)];
            if (heard.Length > 0)
            {
                rivals++;
                fit.Write(text, rivals, heard, tablesOf, lost);
            }
        }

        return text.ToString();
    }

    private static string Header()
    {
        IEnumerable<string> questions = Enumerable.Range(1, BoostedTables.Questions).SelectMany(n => (string[])[$"cue_{n}", $"from_{n}"]);
        IEnumerable<string> odds = Enumerable.Range(0, 1 << BoostedTables.Questions).Select(n => $"odds_{n}");
        return "# Questions about the cues of the bands, and how much more likely each pattern of answers makes a rival: a sound from above,"
            + " another head.\n" + string.Join(',', questions.Concat(odds).Prepend("rival")) + "\n";
    }

    private void Write(StringBuilder text, int rival, IReadOnlyList<(IReadOnlyList<HeardAnswer> Answers, double Weight)> kinds, int count,
        double lost)
    {
        // The limit is that of answers which took no part in a fit; then all take part.
        double limit = Enumerable.Range(0, 2).Average(half => Limit(BoostedTables.Fit(Examples(kinds, half), count), half, lost));
        BoostedTables fitted = BoostedTables.Fit(Examples(kinds, null), count);
        double shift = (fitted.Prior - limit) / count;
        foreach (BoostedTable table in fitted.Tables)
        {
            IEnumerable<string> odds = table.Odds.Select(o => Math.Clamp(o + shift, LeastOdds, MostOdds)
                .ToString("0.000", CultureInfo.InvariantCulture));
            text.Append(CultureInfo.InvariantCulture, $"{rival},{string.Join(',', table.Questions.Select(q => $"{q.Cue},{q.From}"))},")
                .AppendJoin(',', odds).Append('\n');
        }
    }

    private double Limit(BoostedTables fitted, int half, double lost)
    {
        double[] odds = [.. Half(_clean, 1 - half).Select(a => fitted.Odds(a.Cues)).Order()];
        return odds[(int)((1 - lost) * (odds.Length - 1))];
    }

    private Example[] Examples(IReadOnlyList<(IReadOnlyList<HeardAnswer> Answers, double Weight)> kinds, int? half)
    {
        IEnumerable<Example> Of(IReadOnlyList<HeardAnswer> answers, bool isRival, double weight) =>
            Half(answers, half).Select(a => new Example(a.Cues, isRival, weight * _clean.Count / answers.Count));
        return
        [
            .. Of(_clean, false, 1),
            .. Of(_noisy, false, NoisyWeight),
            .. kinds.SelectMany(kind => Of(kind.Answers, true, kind.Weight)),
        ];
    }

    // Answers to the same sound lie side by side and come into the same half.
    private static IEnumerable<HeardAnswer> Half(IReadOnlyList<HeardAnswer> answers, int? half)
        => half is { } part ? answers.Where((_, i) => i / 16 % 2 == part) : answers;
}
