// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Networks.Equations;

/// <summary>Finds the place of the text at which equations that were read cannot be stepped, or not in the device's arithmetic.</summary>
internal static class EquationFault
{
    /// <summary>Describes a fault.</summary>
    /// <param name="population">Name of the population; null outside a network.</param>
    /// <returns>The finding, with line and mark where the text is at hand.</returns>
    public static Diagnostic Of(ModelNeurons neurons, EquationException e, string? population = null)
    {
        ModelText model = neurons.Model;
        if (e.Place is { } place)
        {
            return Diagnostic.At(place, e.Message, e.Hint);
        }

        string path = "model `" + model.Name + "`" + (population == null ? string.Empty : " of `" + population + "`");
        if (e.State == null || model.Equations == null)
        {
            return At(SourcePiece.Marked(model.Lines, (e.State?.Location ?? model.Location) with { Path = path }, int.MaxValue, e.Message,
                e.Hint), path);
        }

        // A constant without a finite value is the cause, whatever it led to.
        if ((e.IsUnbounded ? Unbounded(neurons, e.State.Rate, model.Equations.Text)
            : UnboundedConstant(neurons, e.State.Rate, model.Equations.Text)) is { } part)
        {
            Diagnostic found = model.Equations.Finding(part.Node.Start, part.Node.End, "d" + e.State.Name + "/dt: " + part.Cause,
                Narrow(model, part.Node));
            return At(found, path);
        }

        return At(SourcePiece.Marked(model.Lines, e.State.Location, int.MaxValue, e.Message, e.Hint), path);
    }

    /// <summary>Describes a fault in a line of a learning rule.</summary>
    /// <param name="line">The line.</param>
    /// <param name="path">What the rule is of, for the message.</param>
    /// <returns>The finding, with line and mark where the text is at hand.</returns>
    public static Diagnostic Of(ModelNeurons neurons, RuleLine line, EquationException e, string path)
    {
        (Expr node, string cause, string hint) =
            e.IsUnbounded && Unbounded(neurons, line.Value, line.Block.Text) is { } part
                ? (part.Node, part.Cause, Narrow(neurons.Model, part.Node)) : (line.Value, e.Message, e.Hint);
        return At(line.Block.Finding(node.Start, node.End, cause, hint), path);
    }

    /// <summary>Tells whether a state starts outside its range.</summary>
    /// <returns>The finding; null where all start within.</returns>
    public static Diagnostic? StartsOutside(ModelNeurons neurons)
    {
        foreach (ModelState state in neurons.Model.States)
        {
            Interval range = neurons.Range(state.Least, state.Most);
            double slack = 1e-9 * range.Width;
            foreach (double first in neurons.PerNeuron(state.Start).Where(v => v < range.Least - slack || v > range.Most + slack))
            {
                string message = "starts `" + state.Name + "` at " + state.Unit.Text(first) + ", outside its range from "
                    + state.Unit.Text(range.Least)
                    + " to " + state.Unit.Text(range.Most);
                const string Hint = "widen the `range`, or start within it";
                return state.StartText?.Finding(0, state.StartText.Text.Length, message, Hint) ?? Diagnostic.At(state.RangeLocation,
                    message, Hint);
            }
        }

        return null;
    }

    /// <summary>Tells whether the condition of a spike can never hold.</summary>
    /// <returns>The finding; null where it may hold, or there is no spike.</returns>
    public static Diagnostic? NeverFires(ModelNeurons neurons)
    {
        ModelText model = neurons.Model;
        if (model.Spike is not { When: { Op: Op.AtLeast or Op.Above } when } spike
            || when.Args.Any(a => Unbounded(neurons, a, string.Empty) != null))
        {
            return null;
        }

        Interval left = Ranges.Of(neurons, when.Args[0]);
        Interval right = Ranges.Of(neurons, when.Args[1]);
        if (when.Op == Op.AtLeast ? left.Most >= right.Least : left.Most > right.Least)
        {
            return null;
        }

        string message = "never fires: `" + (spike.Condition?.Text ?? "its condition")
            + "` cannot be in the declared ranges, where the left side lies "
            + Span(left) + " and the right side " + Span(right);
        const string Hint = "lower the threshold, or widen the `range` of the state; leave `spike` out for a model that does not fire";
        return spike.Condition?.Finding(0, spike.Condition.Text.Length, message, Hint) ?? Diagnostic.At(model.Location, message, Hint);
    }

    // The smallest part of an expression that has no value for some of what its variables may be, and what is wrong with it.
    private static (Expr Node, string Cause)? Unbounded(ModelNeurons neurons, Expr e, string text)
    {
        foreach (Expr arg in e.Args)
        {
            if (Unbounded(neurons, arg, text) is { } inner)
            {
                return inner;
            }
        }

        if (e.Start == e.End)
        {
            return null;
        }

        Interval Range(int i) => Ranges.Of(neurons, e.Args[i]);
        string Text(int i) => e.Args[i].End > text.Length ? string.Empty : text[e.Args[i].Start..e.Args[i].End];
        switch (e.Op)
        {
            case Op.Divide when Range(1) is { Least: <= 0, Most: >= 0 } divisor:
                return (e.Args[1], "divides by `" + Text(1) + "`, which lies " + Span(divisor) + " in the declared ranges and so may be 0");
            case Op.Log when Range(0) is { Least: <= 0 } argument:
                return (e, "takes the logarithm of `" + Text(0) + "`, which lies " + Span(argument)
                    + " in the declared ranges, not above 0 only");
            case Op.Sqrt when Range(0) is { Least: < 0 } argument:
                return (e, "takes the root of `" + Text(0) + "`, which lies " + Span(argument)
                    + " in the declared ranges and so may be negative");
            case Op.Power when Range(0) is { Least: < 0 } power
                && !(Range(1) is { Width: 0 } whole && Math.Floor(whole.Least).Equals(whole.Least)):
                return (e, "takes a power of `" + Text(0) + "`, which lies " + Span(power)
                    + " in the declared ranges and so may be negative");
            default:
                Interval all = Ranges.Of(neurons, e);
                return double.IsFinite(all.Least) && double.IsFinite(all.Most) ? null
                    : (e, "grows beyond all numbers in the declared ranges");
        }
    }

    // Judged where it stands, so that the value of a parameter that makes it so is what is found.
    private static (Expr Node, string Cause)? UnboundedConstant(ModelNeurons neurons, Expr e, string text)
    {
        bool isConstant(Expr of)
            => of.Names().All(n => neurons.Model.Parameters.Any(p => string.Equals(p.Name, n, StringComparison.Ordinal)));
        if (isConstant(e))
        {
            return Unbounded(neurons, e, text);
        }

        return e.Op == Op.Divide && isConstant(e.Args[1])
            && Unbounded(neurons, new Expr(Op.Divide, [Expr.Number(1), e.Args[1]], e.Start, e.End), text) is { } divisor ? divisor
            : e.Args.Select(a => UnboundedConstant(neurons, a, text)).FirstOrDefault(part => part != null);
    }

    private static string Narrow(ModelText model, Expr part)
    {
        string[] names = [.. part.Names().Where(n => model.States.Any(s => s.Name == n) || model.Inputs.Any(i => i.Name == n))];
        string what = names.Length == 0 ? "change the values in it" : "narrow the `range` of `" + string.Join("` or `", names) + "`";
        return what + " so that this cannot be, or bound it with `clip`";
    }

    private static string Span(Interval range) =>
        string.Create(CultureInfo.InvariantCulture, $"from {range.Least:G4} to {range.Most:G4} (SI units)");

    private static Diagnostic At(Diagnostic finding, string path) => finding with { Path = path };
}
