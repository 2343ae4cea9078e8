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
    // Clean answers that the rival may cost, of generated sounds; recordings are lost less often. A delay and a level from an editor are no
    // head's, and may be lost twice as often.
    private const double LostOfClean = 0.082;
    private const double LostOfEdited = 0.2;

    private const int Tables = 120;

    // What all answers of a kind count against all clean ones: those that are to stay sure, and those that a rival is to explain.
    private const double NoisyWeight = 0.2;
    private const double EditedWeight = 0.5;
    private const double AboveWeight = 1.8;
    private const double SizesWeight = 0.7;
    private const double SpheresWeight = 0.3;
    private const double PairsWeight = 0.2;
    private const double CardioidsWeight = 0.1;

    // A kind with fewer answers is no rival of this head.
    private const int LeastAnswers = 50;

    private const double Units = 64;
    private const double LeastOdds = -2;
    private const double MostOdds = 1.98;

    private static readonly string s_never = string.Join(',', Enumerable.Repeat($"0,{short.MaxValue}", BoostedTables.Questions));

    private readonly IReadOnlyList<HeardAnswer> _clean;
    private readonly IReadOnlyList<HeardAnswer> _noisy;
    private readonly IReadOnlyList<HeardAnswer> _edited;
    private readonly IReadOnlyList<(IReadOnlyList<HeardAnswer> Answers, double Weight)> _rivals;

    private RivalFit(TrainingAnswers answers, Action<string>? progress)
    {
        progress?.Invoke("hearing sounds that are to stay sure");
        _clean = answers.Clean();
        _noisy = answers.Noisy();
        _edited = answers.Edited();
        progress?.Invoke("hearing sounds from above");
        (IReadOnlyList<HeardAnswer>, double) above = (answers.FromAbove(), AboveWeight);
        progress?.Invoke("hearing with other heads");
        (IReadOnlyList<HeardAnswer> Answers, double)[] rivals =
        [
            above, (answers.WithItsSizes(), SizesWeight), (answers.WithSpheres(), SpheresWeight), (answers.WithPairs(), PairsWeight),
            (answers.WithCardioids(), CardioidsWeight),
        ];
        _rivals = [.. rivals.Where(kind => kind.Answers.Count >= LeastAnswers)];
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
        using TrainingAnswers answers = new(head, tables);
        RivalFit fit = new(answers, progress);
        progress?.Invoke("fitting decision tables");
        StringBuilder text = new(Header());
        if (fit._rivals.Count > 0)
        {
            fit.Write(text);
        }

        return text.ToString();
    }

    private static string Header()
    {
        IEnumerable<string> questions = Enumerable.Range(1, BoostedTables.Questions).SelectMany(n => (string[])[$"cue_{n}", $"from_{n}"]);
        IEnumerable<string> odds = Enumerable.Range(0, 1 << BoostedTables.Questions).Select(n => $"odds_{n}");
        return "# Questions about the cues of the bands, and how much more likely each pattern of answers makes a rival: a sound from above,"
            + " another head, other microphones.\n" + string.Join(',', questions.Concat(odds).Prepend("rival")) + "\n";
    }

    private void Write(StringBuilder text)
    {
        // The limit is that of answers which took no part in a fit; then all take part.
        double limit = Enumerable.Range(0, 2).Average(half => Limit(BoostedTables.Fit(Examples(half), Tables), half));
        BoostedTables fitted = BoostedTables.Fit(Examples(null), Tables);

        // On the device odds are multiples of 1/64: each table takes so many of the shift that the sum is right.
        double shift = (fitted.Prior - limit) * Units / Tables;
        for (int i = 0; i < Tables; i++)
        {
            BoostedTable table = fitted.Tables[i];
            double part = (Math.Round((i + 1) * shift) - Math.Round(i * shift)) / Units;
            IEnumerable<string> odds = table.Odds.Select(o => Math.Clamp(o + part, LeastOdds, MostOdds)
                .ToString("0.000", CultureInfo.InvariantCulture));
            text.Append(CultureInfo.InvariantCulture, $"1,{string.Join(',', table.Questions.Select(q => $"{q.Cue},{q.From}"))},")
                .AppendJoin(',', odds).Append('\n');
        }
    }

    private double Limit(BoostedTables fitted, int half)
    {
        double Above(IReadOnlyList<HeardAnswer> answers, double lost)
        {
            double[] odds = [.. Half(answers, 1 - half).Select(a => fitted.Odds(a.Cues)).Order()];
            return odds.Length == 0 ? double.MinValue : odds[(int)((1 - lost) * (odds.Length - 1))];
        }

        return Math.Max(Above(_clean, LostOfClean), Above(_edited, LostOfEdited));
    }

    private Example[] Examples(int? half)
    {
        IEnumerable<Example> Of(IReadOnlyList<HeardAnswer> answers, bool isRival, double weight) =>
            Half(answers, half).Select(a => new Example(a.Cues, isRival, weight * _clean.Count / answers.Count));
        return
        [
            .. Of(_clean, false, 1),
            .. Of(_noisy, false, NoisyWeight),
            .. Of(_edited, false, EditedWeight),
            .. _rivals.SelectMany(kind => Of(kind.Answers, true, kind.Weight)),
        ];
    }

    // Answers to the same sound lie side by side and come into the same half.
    private static IEnumerable<HeardAnswer> Half(IReadOnlyList<HeardAnswer> answers, int? half)
        => half is { } part ? answers.Where((_, i) => i / 16 % 2 == part) : answers;
}
