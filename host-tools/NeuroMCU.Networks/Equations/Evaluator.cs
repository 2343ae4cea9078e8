// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Linq.Expressions;

namespace NeuroMCU.Networks.Equations;

/// <summary>
/// The text of a model in double precision, compiled from its expressions as they were read. Values of a neuron stand in one array: states,
/// inputs, parameters.
/// </summary>
internal sealed class Evaluator
{
    private readonly ModelText _model;
    private readonly double _h;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly ParameterExpression _values = Expression.Parameter(typeof(double[]), "values");

    /// <summary>Prepares the expressions of a model.</summary>
    /// <param name="h">Step in seconds.</param>
    public Evaluator(ModelText model, double h)
    {
        _model = model;
        _h = h;
        foreach (string name in model.States.Select(s => s.Name).Concat(model.Inputs.Select(i => i.Name))
            .Concat(model.Parameters.Select(p => p.Name)).Concat(model.Noises).Append(ModelText.Time))
        {
            _places[name] = _places.Count;
        }
    }

    /// <summary>Number of values of a neuron.</summary>
    public int Count => _places.Count;

    /// <summary>Place of a value.</summary>
    /// <returns>Its index.</returns>
    public int PlaceOf(string name) => _places[name];

    /// <summary>A number.</summary>
    /// <returns>What computes it.</returns>
    public Func<double[], double> Number(Expr e) => Expression.Lambda<Func<double[], double>>(Double(e), _values).Compile();

    /// <summary>A condition.</summary>
    /// <returns>What tests it.</returns>
    public Func<double[], bool> Condition(Expr e) => Expression.Lambda<Func<double[], bool>>(Bool(e), _values).Compile();

    /// <summary>One step of all states from their old values into another array, before ranges are applied.</summary>
    /// <returns>What steps a neuron.</returns>
    public Action<double[], double[]> Step(IReadOnlyList<Stepping> steppings)
    {
        ParameterExpression next = Expression.Parameter(typeof(double[]), "next");
        List<Expression> body = [];
        for (int i = 0; i < steppings.Count; i++)
        {
            Stepping s = steppings[i];
            Expression factor = s.Exponential
                ? Expression.Multiply(Expression.Constant(_h),
                    Call(nameof(Symbolic.Exprel), typeof(Symbolic), Expression.Multiply(Expression.Constant(_h), Double(s.A!))))
                : Expression.Constant(_h);
            Expression value = Expression.Add(At(i), Expression.Multiply(factor, Double(s.Rate)));
            body.Add(Expression.Assign(Expression.ArrayAccess(next, Expression.Constant(i)), value));
        }

        body.Add(Expression.Empty());
        return Expression.Lambda<Action<double[], double[]>>(Expression.Block(body), _values, next).Compile();
    }

    /// <summary>The rates of all states into another array.</summary>
    /// <returns>What evaluates them.</returns>
    public Action<double[], double[]> Rates(IReadOnlyList<Stepping> steppings)
    {
        ParameterExpression next = Expression.Parameter(typeof(double[]), "next");
        List<Expression> body =
            [.. steppings.Select((s, i) => Expression.Assign(Expression.ArrayAccess(next, Expression.Constant(i)), Double(s.Rate)))];
        body.Add(Expression.Empty());
        return Expression.Lambda<Action<double[], double[]>>(Expression.Block(body), _values, next).Compile();
    }

    private IndexExpression At(int place) => Expression.ArrayAccess(_values, Expression.Constant(place));

    private static MethodCallExpression Call(string name, Type type, params Expression[] args)
        => Expression.Call(type.GetMethod(name, [.. args.Select(_ => typeof(double))])!, args);

    private Expression Double(Expr e)
    {
        Expression a(int i) => Double(e.Args[i]);
        return e.Op switch
        {
            Op.Number => Expression.Constant(e.Value),
            Op.Name when e.Name is ModelText.StepName => Expression.Constant(_h),
            Op.Name => At(_places[e.Name]),
            Op.Add => Expression.Add(a(0), a(1)),
            Op.Subtract => Expression.Subtract(a(0), a(1)),
            Op.Multiply => Expression.Multiply(a(0), a(1)),
            Op.Divide => Expression.Divide(a(0), a(1)),
            Op.Power => e.Args[1].IsNumber && e.Args[1].Value.Equals(2) ? Call(nameof(Square), typeof(Evaluator), a(0))
                : Call(nameof(Math.Pow), typeof(Math), a(0), a(1)),
            Op.Negate => Expression.Negate(a(0)),
            Op.If => Expression.Condition(Bool(e.Args[0]), a(1), a(2)),
            Op.Min => Call(nameof(Math.Min), typeof(Math), a(0), a(1)),
            Op.Max => Call(nameof(Math.Max), typeof(Math), a(0), a(1)),
            Op.Abs => Call(nameof(Math.Abs), typeof(Math), a(0)),
            Op.Lookup => Expression.Call(Expression.Constant(e.Table), nameof(PointTable.At), null, a(0)),
            Op.Floor => Call(nameof(Math.Floor), typeof(Math), a(0)),
            Op.Ceil => Call(nameof(Math.Ceiling), typeof(Math), a(0)),
            Op.Exp => Call(nameof(Math.Exp), typeof(Math), a(0)),
            Op.Log => Call(nameof(Math.Log), typeof(Math), a(0)),
            Op.Sqrt => Call(nameof(Math.Sqrt), typeof(Math), a(0)),
            Op.Tanh => Call(nameof(Math.Tanh), typeof(Math), a(0)),
            Op.Sinh => Call(nameof(Math.Sinh), typeof(Math), a(0)),
            Op.Cosh => Call(nameof(Math.Cosh), typeof(Math), a(0)),
            Op.Sin => Call(nameof(Math.Sin), typeof(Math), a(0)),
            Op.Cos => Call(nameof(Math.Cos), typeof(Math), a(0)),
            Op.Exprel => Call(nameof(Symbolic.Exprel), typeof(Symbolic), a(0)),
            _ => Expression.Condition(Bool(e), Expression.Constant(1.0), Expression.Constant(0.0)),
        };
    }

    private Expression Bool(Expr e)
    {
        return e.Op switch
        {
            Op.AtLeast => Expression.GreaterThanOrEqual(Double(e.Args[0]), Double(e.Args[1])),
            Op.Above => Expression.GreaterThan(Double(e.Args[0]), Double(e.Args[1])),
            Op.And => Expression.AndAlso(Bool(e.Args[0]), Bool(e.Args[1])),
            Op.Or => Expression.OrElse(Bool(e.Args[0]), Bool(e.Args[1])),
            Op.Not => Expression.Not(Bool(e.Args[0])),
            _ => Expression.NotEqual(Double(e), Expression.Constant(0.0)),
        };
    }

    /// <summary>x·x.</summary>
    /// <returns>The square.</returns>
    public static double Square(double x) => x * x;
}
