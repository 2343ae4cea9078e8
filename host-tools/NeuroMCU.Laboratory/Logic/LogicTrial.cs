// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Logic;

/// <summary>One line of a truth table as a specimen gave it.</summary>
/// <param name="P">First input.</param>
/// <param name="Q">Second input; false where a gate has one.</param>
/// <param name="Wanted">What the results should be.</param>
/// <param name="Got">What they are.</param>
/// <param name="Margin">Least share that was left: of a pulse when a target switched, of its threshold when it did not.</param>
public sealed record LogicCase(bool P, bool Q, IReadOnlyList<bool> Wanted, IReadOnlyList<bool> Got, double Margin)
{
    /// <summary>Gets a value indicating whether the results are right.</summary>
    public bool IsRight => Wanted.SequenceEqual(Got);
}

/// <summary>A gate on nominal nodes and on many specimens.</summary>
public sealed record LogicTrial
{
    /// <summary>Gets the gate.</summary>
    public required LogicGate Gate { get; init; }

    /// <summary>Gets the working point.</summary>
    public required LogicSettings Settings { get; init; }

    /// <summary>Gets the table on nominal nodes.</summary>
    public required IReadOnlyList<LogicCase> Table { get; init; }

    /// <summary>Gets the number of specimens that were tried.</summary>
    public required int Specimens { get; init; }

    /// <summary>Gets the number of specimens whose whole table was right.</summary>
    public required int Right { get; init; }

    /// <summary>Gets the number of specimens that were wrong in each case of the table.</summary>
    public required IReadOnlyList<int> WrongByCase { get; init; }

    /// <summary>Gets what the nodes went through in the last case, in slices.</summary>
    public required IReadOnlyList<LogicSample> Samples { get; init; }

    /// <summary>Gets the share of specimens whose whole table was right.</summary>
    public double Yield => Specimens == 0 ? double.NaN : (double)Right / Specimens;

    /// <summary>Gets the least margin of the table on nominal nodes.</summary>
    public double Margin => Table.Min(c => c.Margin);

    /// <summary>Tries a gate.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="settings">Working point and spread.</param>
    /// <param name="specimens">Number of specimens, from <paramref name="seed" /> on.</param>
    /// <param name="seed">Seed of the first one.</param>
    /// <param name="cancellation">Ends the work; what was tried by then counts.</param>
    /// <returns>The trial.</returns>
    public static LogicTrial Run(LogicGate gate, LogicSettings settings, int specimens, long seed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(gate);
        ArgumentNullException.ThrowIfNull(settings);
        var nominal = new LogicBench(gate.Nodes, settings, null);
        var table = new List<LogicCase>();
        List<LogicSample> samples = [];
        foreach ((bool p, bool q) in gate.Cases)
        {
            nominal.Record = samples = [];
            table.Add(Case(nominal, gate, p, q));
        }

        int[] wrong = new int[gate.Cases.Count];
        int right = 0;
        int tried = 0;
        for (; tried < specimens && !cancellation.IsCancellationRequested; tried++)
        {
            var bench = new LogicBench(gate.Nodes, settings, seed + tried);
            bool all = true;
            for (int k = 0; k < wrong.Length; k++)
            {
                bool isRight = Case(bench, gate, gate.Cases[k].P, gate.Cases[k].Q).IsRight;
                wrong[k] += isRight ? 0 : 1;
                all &= isRight;
            }

            right += all ? 1 : 0;
        }

        return new LogicTrial
        {
            Gate = gate,
            Settings = settings,
            Table = table,
            Specimens = tried,
            Right = right,
            WrongByCase = wrong,
            Samples = samples,
        };
    }

    private static LogicCase Case(LogicBench bench, LogicGate gate, bool p, bool q)
    {
        for (int node = 0; node < gate.Nodes; node++)
        {
            bench.Write(node, (node == 0 && p) || (node == 1 && q && gate.Inputs == 2));
        }

        double margin = 1;
        foreach (LogicStep step in gate.Steps)
        {
            double left = bench.Do(step);
            margin = double.IsNaN(left) ? margin : Math.Min(margin, left);
        }

        return new LogicCase(p, q, gate.Wanted(p, q), [.. gate.Outputs.Select(bench.IsOn)], margin);
    }
}
