// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Models.Machine;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Compiler.Equations;

/// <content>Sums as linear forms, tables and products.</content>
internal sealed partial class Lowering
{
    /// <summary>Reduces linear terms to a number of them that one instruction takes.</summary>
    public void Combine(List<(double Factor, Register Of)> terms, int most)
    {
        while (terms.Count > most)
        {
            int taken = Math.Min(3, terms.Count - most + 1);
            List<(double Factor, Register Of)> part = terms.GetRange(terms.Count - taken, taken);
            terms.RemoveRange(terms.Count - taken, taken);
            Interval range = Sum(part, 0);
            Register sum = Builder.Add("sum", range);
            EmitLinear(sum, part, 0);
            terms.Add((1, sum));
        }
    }

    /// <summary>Range of a linear form.</summary>
    /// <returns>The range.</returns>
    public static Interval Sum(IEnumerable<(double Factor, Register Of)> terms, double constant)
    {
        double least = constant;
        double most = constant;
        foreach ((double factor, Register of) in terms)
        {
            least += factor * (factor > 0 ? of.Range.Least : of.Range.Most);
            most += factor * (factor > 0 ? of.Range.Most : of.Range.Least);
        }

        return new Interval(least, most);
    }

    /// <summary>Computes a linear form of up to three terms.</summary>
    public void EmitLinear(Register into, IReadOnlyList<(double Factor, Register Of)> terms, double constant)
    {
        (int[] factors, long c, int shift) = ProgramBuilder.Scale(terms, constant, into.Exponent);
        int[] words = [into.Index, .. terms.SelectMany((t, i) => new[] { t.Of.Index, factors[i] }), .. ProgramBuilder.Words(c), shift];
        Builder.Emit(Operation.Linear1 + terms.Count - 1, into.Name + " = " + ProgramBuilder.Text(terms, constant), words);
    }

    /// <summary>Sorts the terms of a sum into linear terms, functions for tables, and products of two registers.</summary>
    /// <returns>The parts.</returns>
    public SumParts PartsOf(LinearSum sum)
    {
        SumParts parts = new(sum.Constant);
        List<(double Factor, Expr Node, List<Expr> Factors)> products = [];
        foreach ((double factor, Expr node) in sum.Terms)
        {
            List<Expr> factors = [];
            double more = LinearSum.Factors(node, factors);
            if (node.Op == Op.Name)
            {
                parts.Linear.Add((factor, _names[node.Name]));
            }
            else if (factors.Count == 1 && Shape.IsChoice(factors[0]))
            {
                parts.Linear.Add((factor * more, Reg(factors[0])));
            }
            else if (Shape.PowerOf(factors) == null && Shape.FunctionOf(node) is { } of && !IsQuotient(node, of))
            {
                parts.AddFunction(of, Expr.Number(factor) * Shape.Substitute(node, of.Key, Expr.OfName(Shape.Variable)));
            }
            else
            {
                products.Add((factor * more, node, factors));
            }
        }

        foreach ((double factor, Expr node, List<Expr> factors) in products)
        {
            // A power joins the table of its variable where there is one.
            if (Shape.PowerOf(factors) is { } name && parts.Functions.ContainsKey(name))
            {
                parts.AddFunction(Expr.OfName(name), Expr.Number(factor) * Shape.Substitute(node, name, Expr.OfName(Shape.Variable)));
            }
            else
            {
                Multiply(parts, factor, factors);
            }
        }

        return parts;
    }

    private static bool IsQuotient(Expr node, Expr of)
    {
        return node.Op == Op.Divide && node.Args[0].IsNumber && of.Op != Op.Name
            && string.Equals(node.Args[1].Key, of.Key, StringComparison.Ordinal);
    }

    private Register OfSum(Expr e)
    {
        LinearSum sum = LinearSum.Of(e);
        SumParts parts = PartsOf(sum);
        if (parts.Linear.Count == 0 && parts.Products.Count == 0 && parts.Functions.Count == 0)
        {
            // All terms have cancelled each other.
            return Reg(Expr.Number(parts.Constant));
        }

        if (parts.Linear.Count == 0 && parts.Products.Count == 0 && parts.Functions.Count == 1)
        {
            (Expr of, Expr function) = parts.Functions.Values.First();
            return ByTable(Symbolic.Fold(function + Expr.Number(parts.Constant)), Reg(of));
        }

        if (parts.Linear.Count == 0 && parts.Functions.Count == 0 && parts.Products.Count == 1 && parts.Constant == 0
            && parts.Products[0].Factor.Equals(1))
        {
            return Product(parts.Products[0].A, parts.Products[0].B);
        }

        List<(double Factor, Register Of)> terms = Terms(parts);
        Interval range = Intersect(Sum(terms, parts.Constant), Ranges.Of(e, n => _names[n].Range));
        Combine(terms, 3);
        Register into = Builder.Add(terms.Count == 1 ? terms[0].Of.Name + "~" : "(" + string.Join("+", terms.Select(t => t.Of.Name)) + ")",
            range);
        EmitLinear(into, terms, parts.Constant);
        return into;
    }

    /// <summary>All parts of a sum as linear terms.</summary>
    /// <returns>The terms.</returns>
    public List<(double Factor, Register Of)> Terms(SumParts parts)
    {
        return
        [
            .. parts.Linear,
            .. parts.Functions.Values.Select(f => Tabulated(f.Function, Reg(f.Of))),
            .. parts.Products.Select(p => (p.Factor, Product(p.A, p.B))),
        ];
    }

    // Both ranges hold the values, so their common part does; rounding may leave it empty where the value is constant.
    private static Interval Intersect(Interval a, Interval b)
    {
        Interval common = new(Math.Max(a.Least, b.Least), Math.Min(a.Most, b.Most));
        return common.Least <= common.Most ? common : a;
    }
}
