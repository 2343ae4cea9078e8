// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Models.Machine;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Compiler.Equations;

/// <content>Products and quotients of registers.</content>
internal sealed partial class Lowering
{
    private void Multiply(SumParts parts, double factor, List<Expr> factors)
    {
        // (v − E)·x is v·x − E·x: a difference with a constant takes an instruction, a further term of a sum hardly any.
        if (Expands && factors.FindIndex(f => IsShifted(f, factors)) is >= 0 and int shifted)
        {
            LinearSum sum = LinearSum.Of(factors[shifted]);
            List<Expr> others = [.. factors.Where((_, i) => i != shifted)];
            (double times, Expr node) = sum.Terms.First();
            Multiply(parts, factor * times, [.. others, node]);
            Multiply(parts, factor * sum.Constant, others);
            return;
        }

        // Factors that are functions of the same variable make one.
        List<Register> registers = [];
        List<Register> divisors = [];
        foreach (IGrouping<string, Expr> group in factors.GroupBy(f => f.Op == Op.Name ? f.Name : Shape.IsSmooth(f)
            ? Shape.FunctionOf(f)?.Key ?? f.Key : f.Key, StringComparer.Ordinal))
        {
            if (group.Count() > 1 && group.Any(f => f.Op != Op.Name))
            {
                registers.Add(Reg(group.Aggregate((a, b) => a * b)));
                continue;
            }

            foreach (Expr one in group)
            {
                if (one.Op == Op.Divide && one.Args[0].IsNumber && one.Args[1].Op != Op.Name && Shape.FunctionOf(one)?.Op != Op.Name)
                {
                    divisors.Add(Reg(one.Args[1]));
                }
                else
                {
                    registers.Add(Reg(one));
                }
            }
        }

        foreach (Register divisor in divisors)
        {
            Register dividend = registers.Count == 0 ? Reg(Expr.Number(1)) : Product(registers);
            registers = [Divide(dividend, divisor)];
        }

        if (registers.Count == 1)
        {
            parts.Linear.Add((factor, registers[0]));
            return;
        }

        registers = [.. registers.OrderByDescending(f => registers.Count(g => g.Index == f.Index))];
        parts.Products.Add((factor, Product(registers.GetRange(0, registers.Count - 1)), registers[^1]));
    }

    private static bool IsShifted(Expr factor, List<Expr> factors)
    {
        if (factors.Count < 2 || factor.Op is not (Op.Add or Op.Subtract))
        {
            return false;
        }

        LinearSum sum = LinearSum.Of(factor);
        return sum.Constant != 0 && sum.Terms.Count() == 1 && sum.Terms.First().Node is { Op: Op.Name } node
            && !factors.Any(f => f != factor && f.Names().Contains(node.Name));
    }

    private Register Product(List<Register> factors)
    {
        // What is there twice comes first: its square may be known.
        factors = [.. factors.OrderByDescending(f => factors.Count(g => g.Index == f.Index))];
        Register product = factors[0];
        for (int i = 1; i < factors.Count; i++)
        {
            product = Product(product, factors[i]);
        }

        return product;
    }

    /// <summary>Multiplies two registers.</summary>
    /// <returns>The product.</returns>
    public Register Product(Register a, Register b)
    {
        string key = a.Index + "*" + b.Index;
        if (_known.TryGetValue(key, out Register? known))
        {
            return known;
        }

        Interval range = Interval.Of(Op.Multiply, [a.Range, b.Range]);
        range = a.Index == b.Index ? new Interval(range.Least < 0 ? 0 : range.Least, range.Most) : range;
        int shift = Math.Clamp(ProgramBuilder.ExponentOf(range) - a.Exponent - b.Exponent, 1, 62);
        Register into = Builder.Add(a.Name + "*" + b.Name, range, a.Exponent + b.Exponent + shift);
        Builder.Emit(Operation.Product, into.Name + " = " + a.Name + "*" + b.Name,
            [into.Index, a.Index, b.Index, .. ProgramBuilder.Words(1L << (shift - 1)), shift]);
        _known[key] = into;
        return into;
    }

    private Register Divide(Register a, Register b)
    {
        Interval range = Finite(Interval.Of(Op.Divide, [a.Range, b.Range]), "`" + a.Name + "/" + b.Name + "`", null,
            "the range of the divisor, " + Span(b.Range) + ", contains 0");
        int shift = Math.Clamp(a.Exponent - b.Exponent - ProgramBuilder.ExponentOf(range), 0, 30);
        Register into = Builder.Add(a.Name + "/" + b.Name, range, a.Exponent - b.Exponent - shift);
        Builder.Emit(Operation.Quotient, into.Name + " = " + a.Name + "/" + b.Name, into.Index, a.Index, b.Index, shift);
        return into;
    }
}
