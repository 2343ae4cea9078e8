// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Compiler.Equations;

/// <summary>An expression as a constant and multiples of nodes that are no sums.</summary>
internal sealed class LinearSum
{
    private readonly Dictionary<string, (double Factor, Expr Node)> _terms = new(StringComparer.Ordinal);

    /// <summary>The constant.</summary>
    public double Constant { get; private set; }

    /// <summary>The terms.</summary>
    public IEnumerable<(double Factor, Expr Node)> Terms => _terms.Values.Where(t => t.Factor != 0);

    /// <summary>Takes an expression apart.</summary>
    /// <returns>The sum.</returns>
    public static LinearSum Of(Expr e)
    {
        LinearSum sum = new();
        sum.Add(e, 1);
        return sum;
    }

    /// <summary>Takes a product apart into a number and factors, each once per power; divisors are factors 1/x.</summary>
    /// <returns>The number.</returns>
    public static double Factors(Expr e, List<Expr> factors)
    {
        switch (e.Op)
        {
            case Op.Number:
                return e.Value;
            case Op.Negate:
                return -Factors(e.Args[0], factors);
            case Op.Multiply:
                return Factors(e.Args[0], factors) * Factors(e.Args[1], factors);
            case Op.Divide when e.Args[1].IsNumber:
                return Factors(e.Args[0], factors) / e.Args[1].Value;
            case Op.Divide when !e.Args[0].IsNumber:
                double number = Factors(e.Args[0], factors);
                factors.Add(Expr.Number(1) / e.Args[1]);
                return number;
            case Op.Divide when !e.Args[0].Value.Equals(1):
                factors.Add(Expr.Number(1) / e.Args[1]);
                return e.Args[0].Value;
            case Op.Power when e.Args[1].IsNumber && e.Args[1].Value is 2 or 3 or 4:
                double power = 1;
                for (int i = 0; i < (int)e.Args[1].Value; i++)
                {
                    power *= Factors(e.Args[0], factors);
                }

                return power;
            default:
                factors.Add(e);
                return 1;
        }
    }

    private void Add(Expr e, double factor)
    {
        switch (e.Op)
        {
            case Op.Number:
                Constant += factor * e.Value;
                return;
            case Op.Add or Op.Subtract:
                Add(e.Args[0], factor);
                Add(e.Args[1], e.Op == Op.Add ? factor : -factor);
                return;
            case Op.Negate:
                Add(e.Args[0], -factor);
                return;
            case Op.Multiply when e.Args[0].IsNumber:
                Add(e.Args[1], factor * e.Args[0].Value);
                return;
            case Op.Multiply when e.Args[1].IsNumber:
                Add(e.Args[0], factor * e.Args[1].Value);
                return;
            case Op.Divide when e.Args[1].IsNumber:
                Add(e.Args[0], factor / e.Args[1].Value);
                return;
            default:
                List<Expr> factors = [];
                double number = Factors(e, factors) * factor;
                if (factors.Count == 0)
                {
                    Constant += number;
                    return;
                }

                Expr node = factors.OrderBy(f => f.Key, StringComparer.Ordinal).Aggregate((a, b) => a * b);
                if (factors.Count == 1 && node.Op is Op.Add or Op.Subtract)
                {
                    Add(node, number);
                    return;
                }

                (double before, _) = _terms.GetValueOrDefault(node.Key, (0, node));
                _terms[node.Key] = (before + number, node);
                return;
        }
    }
}
