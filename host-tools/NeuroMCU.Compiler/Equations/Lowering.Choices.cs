// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Models.Machine;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Compiler.Equations;

/// <content>Choices, extremes, whole numbers and conditions.</content>
internal sealed partial class Lowering
{
    // In sums the factor of a value with few bits would leave few bits for the others.
    private Register Widen(Register of) => Align(of, Math.Min(of.Exponent, ProgramBuilder.ExponentOf(of.Range)));

    // An arithmetic shift rounds down.
    private Register Whole(Expr e)
    {
        Register of = Reg(e.Args[0]);
        int shift = Math.Clamp(-of.Exponent, 0, 62);
        Interval range = RangeOf(e);
        if (shift == 0 || range.Magnitude > 1 << ProgramBuilder.Bits)
        {
            return of;
        }

        Register into = Builder.Add(Shape.Text(e), range, 0);
        long up = e.Op == Op.Ceil ? (1L << shift) - 1 : 0;
        Builder.Emit(Operation.Linear1, into.Name, [into.Index, of.Index, 1, .. ProgramBuilder.Words(up), shift]);
        return Widen(into);
    }

    private Register Extreme(Expr e, Interval range)
    {
        if (e.Args[0].Op == Op.Name && e.Args[1].IsNumber)
        {
            Register of = _names[e.Args[0].Name];
            int bound = ProgramBuilder.Raw(e.Args[1].Value, of.Exponent);
            Register bounded = Builder.Add(Shape.Text(e), range, of.Exponent);
            Builder.Emit(Operation.Clip, bounded.Name, bounded.Index, of.Index, e.Op == Op.Min ? int.MinValue : bound,
                e.Op == Op.Min ? bound : int.MaxValue, 0);
            return bounded;
        }

        (Register a, Register b) = Aligned(e.Args[0], e.Args[1]);
        Register into = Builder.Add(Shape.Text(e), range, a.Exponent);
        Builder.Emit(e.Op == Op.Min ? Operation.Least : Operation.Most, into.Name, into.Index, a.Index, b.Index);
        return into;
    }

    private Register Chosen(Expr e)
    {
        Register mask = Reg(e.Args[0]);
        (Register a, Register b) = Aligned(e.Args[1], e.Args[2]);
        Register into = Builder.Add(Shape.Text(e), Interval.Of(Op.If, [new Interval(0, 1), a.Range, b.Range]), a.Exponent);
        Builder.Emit(Operation.Select, into.Name, into.Index, mask.Index, a.Index, b.Index);
        return into;
    }

    private Register Mask(Expr e)
    {
        Register into = Builder.Add(Shape.Text(e), new Interval(-1, 0), 0);
        switch (e.Op)
        {
            case Op.AtLeast:
            case Op.Above:
                bool above = e.Op == Op.Above;
                (Register a, Register b) = Aligned(e.Args[above ? 1 : 0], e.Args[above ? 0 : 1]);
                Builder.Emit(Operation.Compare, into.Name, into.Index, a.Index, b.Index);
                if (above)
                {
                    Builder.Emit(Operation.Not, into.Name, into.Index, into.Index);
                }

                break;
            case Op.Not:
                Builder.Emit(Operation.Not, into.Name, into.Index, Reg(e.Args[0]).Index);
                break;
            default:
                int left = Reg(e.Args[0]).Index;
                Builder.Emit(e.Op == Op.And ? Operation.And : Operation.Or, into.Name, into.Index, left, Reg(e.Args[1]).Index);
                break;
        }

        return into;
    }

    // Both in the coarser of their units. 0 has none of its own: a current of some pA beside it keeps its bits.
    private (Register A, Register B) Aligned(Expr left, Expr right)
    {
        Register a = Reg(left);
        Register b = Reg(right);
        int exponent = a.Range.Magnitude == 0 ? b.Exponent : b.Range.Magnitude == 0 ? a.Exponent : Math.Max(a.Exponent, b.Exponent);
        return (Aligned(left, a, exponent), Aligned(right, b, exponent));
    }

    // A number is written in that unit, which takes no instruction.
    private Register Aligned(Expr e, Register register, int exponent)
    {
        return register.Exponent == exponent ? register
            : e.IsNumber ? Constant(e, exponent)
            : register.Range.Magnitude == 0 ? Constant(Expr.Number(0), exponent)
            : Align(register, exponent);
    }

    private Register Align(Register register, int exponent)
    {
        if (register.Exponent == exponent)
        {
            return register;
        }

        Register into = Builder.Add(register.Name, register.Range, exponent);
        EmitLinear(into, [(1, register)], 0);
        return into;
    }
}
