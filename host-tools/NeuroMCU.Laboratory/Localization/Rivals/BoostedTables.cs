// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Localization.Rivals;

/// <summary>
/// Decision tables that tell two kinds of answers apart by their cues: gradient boosting of the logistic loss (J. H. Friedman,
/// Ann. Statist. 29, 1189, 2001) with trees whose levels ask the same question everywhere, so that a tree is a table of sixteen odds.
/// </summary>
internal sealed class BoostedTables
{
    /// <summary>Questions of a table.</summary>
    public const int Questions = 4;

    private const int Thresholds = 31;
    private const double Rate = 0.3;
    private const double Damping = 3;

    private readonly double _prior;

    private BoostedTables(double prior, IReadOnlyList<BoostedTable> tables)
    {
        _prior = prior;
        Tables = tables;
    }

    /// <summary>Gets the tables, the most telling first.</summary>
    public IReadOnlyList<BoostedTable> Tables { get; }

    /// <summary>Gets the odds before any question was asked, as a natural logarithm.</summary>
    public double Prior => _prior;

    /// <summary>Fits tables.</summary>
    /// <param name="examples">Cues of both kinds; of each kind the same number of cues.</param>
    /// <param name="count">Number of tables.</param>
    public static BoostedTables Fit(IReadOnlyList<Example> examples, int count)
    {
        int cues = examples[0].Cues.Length;
        int[][] thresholds = [.. Enumerable.Range(0, cues).Select(cue => ThresholdsOf(examples, cue))];
        byte[][] bins = [.. Enumerable.Range(0, cues).Select(cue =>
            examples.Select(e => (byte)thresholds[cue].Count(t => e.Cues[cue] >= t)).ToArray())];
        double prior = Math.Log(examples.Where(e => e.IsRival).Sum(e => e.Weight) / examples.Where(e => !e.IsRival).Sum(e => e.Weight));
        double[] odds = [.. examples.Select(_ => prior)];
        List<BoostedTable> tables = [];
        for (int i = 0; i < count; i++)
        {
            (double[] slopes, double[] bends) = Derivatives(examples, odds);
            tables.Add(Grow(thresholds, bins, slopes, bends, odds));
        }

        return new BoostedTables(prior, tables);
    }

    /// <summary>How much more likely the rival is, as a natural logarithm.</summary>
    public double Odds(int[] cues) => _prior + Tables.Sum(t => t.Odds[t.Pattern(cues)]);

    private static int[] ThresholdsOf(IReadOnlyList<Example> examples, int cue)
    {
        int[] sorted = [.. examples.Select(e => e.Cues[cue]).Order()];
        return [.. Enumerable.Range(1, Thresholds).Select(q => sorted[q * (sorted.Length - 1) / (Thresholds + 1)]).Distinct()];
    }

    private static (double[] Slopes, double[] Bends) Derivatives(IReadOnlyList<Example> examples, double[] odds)
    {
        double[] slopes = new double[odds.Length];
        double[] bends = new double[odds.Length];
        for (int i = 0; i < odds.Length; i++)
        {
            double chance = 1 / (1 + Math.Exp(-odds[i]));
            slopes[i] = examples[i].Weight * ((examples[i].IsRival ? 1 : 0) - chance);
            bends[i] = (examples[i].Weight * chance * (1 - chance)) + 1e-9;
        }

        return (slopes, bends);
    }

    private static BoostedTable Grow(int[][] thresholds, byte[][] bins, double[] slopes, double[] bends, double[] odds)
    {
        int[] leaf = new int[odds.Length];
        List<(int Cue, int From)> questions = [];
        for (int depth = 0; depth < Questions; depth++)
        {
            (int cue, int bin) = BestQuestion(thresholds, bins, slopes, bends, leaf, 1 << depth);
            questions.Add((cue, thresholds[cue][bin]));
            for (int i = 0; i < leaf.Length; i++)
            {
                leaf[i] = (2 * leaf[i]) + (bins[cue][i] > bin ? 1 : 0);
            }
        }

        double[] slope = new double[1 << Questions];
        double[] bend = new double[1 << Questions];
        for (int i = 0; i < leaf.Length; i++)
        {
            slope[leaf[i]] += slopes[i];
            bend[leaf[i]] += bends[i];
        }

        double[] steps = [.. slope.Select((s, k) => Rate * s / (bend[k] + Damping))];
        for (int i = 0; i < leaf.Length; i++)
        {
            odds[i] += steps[leaf[i]];
        }

        return new BoostedTable(questions, steps);
    }

    // The question that, asked in every leaf, gains most.
    private static (int Cue, int Bin) BestQuestion(
        int[][] thresholds, byte[][] bins, double[] slopes, double[] bends, int[] leaf, int leaves)
    {
        return Enumerable.Range(0, thresholds.Length).AsParallel().AsOrdered()
            .Where(cue => thresholds[cue].Length > 0)
            .Select(cue => (Cue: cue, Best: BestOf(thresholds[cue].Length, bins[cue], slopes, bends, leaf, leaves)))
            .AsEnumerable()
            .Aggregate((a, b) => b.Best.Gain > a.Best.Gain ? b : a) is var best ? (best.Cue, best.Best.Bin) : default;
    }

    private static (double Gain, int Bin) BestOf(
        int thresholds, byte[] bins, double[] slopes, double[] bends, int[] leaf, int leaves)
    {
        int width = thresholds + 1;
        double[] slope = new double[leaves * width];
        double[] bend = new double[leaves * width];
        for (int i = 0; i < leaf.Length; i++)
        {
            int at = (leaf[i] * width) + bins[i];
            slope[at] += slopes[i];
            bend[at] += bends[i];
        }

        double[] gains = new double[thresholds];
        for (int k = 0; k < leaves; k++)
        {
            double allSlope = slope.AsSpan(k * width, width).ToArray().Sum();
            double allBend = bend.AsSpan(k * width, width).ToArray().Sum();
            double below = 0;
            double bendBelow = 0;
            for (int t = 0; t < thresholds; t++)
            {
                below += slope[(k * width) + t];
                bendBelow += bend[(k * width) + t];
                double above = allSlope - below;
                gains[t] += (below * below / (bendBelow + Damping)) + (above * above / (allBend - bendBelow + Damping));
            }
        }

        int best = Array.IndexOf(gains, gains.Max());
        return (gains[best], best);
    }
}
