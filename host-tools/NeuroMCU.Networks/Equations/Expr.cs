// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Networks.Equations;

/// <summary>A node of an expression, with the place of its text.</summary>
internal sealed class Expr
{
    private string? _key;

    public Expr(Op op, IReadOnlyList<Expr> args, int start, int end)
    {
        Op = op;
        Args = args;
        Start = start;
        End = end;
        Size = 1;
        foreach (Expr arg in args)
        {
            Size = Math.Min(int.MaxValue / 4, Size + arg.Size);
        }
    }

    /// <summary>What it does.</summary>
    public Op Op { get; }

    /// <summary>What it does it with.</summary>
    public IReadOnlyList<Expr> Args { get; }

    /// <summary>Value of a number in SI units.</summary>
    public double Value { get; init; }

    /// <summary>What a number measures.</summary>
    public PhysicalDimension Dimension { get; init; }

    /// <summary>The name of a name, or of a function that is called.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The points of a lookup.</summary>
    public PointTable? Table { get; init; }

    /// <summary>Number of nodes when it is written out; parts that several nodes share count for each.</summary>
    public int Size { get; }

    /// <summary>First character in the text that it was read from.</summary>
    public int Start { get; }

    /// <summary>Behind its last character.</summary>
    public int End { get; }

    /// <summary>True for a number.</summary>
    public bool IsNumber => Op == Op.Number;

    /// <summary>Equal for expressions that are written the same.</summary>
    public string Key => _key ??= Op switch
    {
        Op.Number => Value.ToString("R", CultureInfo.InvariantCulture),
        Op.Name => Name,
        _ => Op.ToString() + Name + "(" + string.Join(',', Args.Select(a => a.Key)) + ")",
    };

    public static Expr Number(double value) => new(Op.Number, [], 0, 0) { Value = value };

    public static Expr OfName(string name) => new(Op.Name, [], 0, 0) { Name = name };

    public static Expr operator +(Expr a, Expr b) => Symbolic.Fold(new(Op.Add, [a, b], a.Start, b.End));

    public static Expr operator -(Expr a, Expr b) => Symbolic.Fold(new(Op.Subtract, [a, b], a.Start, b.End));

    public static Expr operator *(Expr a, Expr b) => Symbolic.Fold(new(Op.Multiply, [a, b], a.Start, b.End));

    public static Expr operator /(Expr a, Expr b) => Symbolic.Fold(new(Op.Divide, [a, b], a.Start, b.End));

    public static Expr operator -(Expr a) => Symbolic.Fold(new(Op.Negate, [a], a.Start, a.End));

    /// <summary>The same node over other arguments.</summary>
    /// <returns>The node.</returns>
    public Expr With(IReadOnlyList<Expr> args)
    {
        return args.SequenceEqual(Args) ? this : new(Op, args, Start, End)
        {
            Value = Value,
            Name = Name,
            Dimension = Dimension,
            Table = Table
        };
    }

    /// <summary>All names in it.</summary>
    /// <returns>The names, each once.</returns>
    public HashSet<string> Names()
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        Collect(names);
        return names;
    }

    private void Collect(HashSet<string> names)
    {
        if (Op == Op.Name)
        {
            names.Add(Name);
        }

        foreach (Expr arg in Args)
        {
            arg.Collect(names);
        }
    }
}
