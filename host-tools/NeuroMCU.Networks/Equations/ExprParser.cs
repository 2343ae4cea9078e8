// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Networks.Equations;

/// <summary>
/// Reads expressions, by the strength with which operators bind: or, and, not, comparisons, + −, * /, sign, **. A number may be followed by
/// its unit.
/// </summary>
internal sealed class ExprParser
{
    private static readonly Dictionary<string, (Op Op, int Count)> s_functions = new(StringComparer.Ordinal)
    {
        ["exp"] = (Op.Exp, 1),
        ["log"] = (Op.Log, 1),
        ["sqrt"] = (Op.Sqrt, 1),
        ["tanh"] = (Op.Tanh, 1),
        ["sinh"] = (Op.Sinh, 1),
        ["cosh"] = (Op.Cosh, 1),
        ["sin"] = (Op.Sin, 1),
        ["cos"] = (Op.Cos, 1),
        ["exprel"] = (Op.Exprel, 1),
        ["floor"] = (Op.Floor, 1),
        ["ceil"] = (Op.Ceil, 1),
        ["abs"] = (Op.Abs, 1),
        ["min"] = (Op.Min, 2),
        ["max"] = (Op.Max, 2),
        ["clip"] = (Op.Max, 3),
        ["if"] = (Op.If, 3),
    };

    // What follows goes through an expression node by node; a line that a person writes has some ten.
    private const int MostParts = 500;

    private readonly string _text;
    private readonly int _end;
    private readonly Func<string, bool> _isName;
    private readonly IReadOnlyDictionary<string, int> _own;
    private int _at;
    private int _depth;
    private int _parts;

    /// <summary>Prepares to read.</summary>
    /// <param name="isName">Whether something is a name of the model, and so no unit.</param>
    /// <param name="own">Functions that the model defines, with the number of their arguments.</param>
    public ExprParser(string text, int start, int end, Func<string, bool> isName, IReadOnlyDictionary<string, int> own)
    {
        _text = text;
        _at = start;
        _end = end;
        _isName = isName;
        _own = own;
    }

    /// <summary>Names of the functions that the language has.</summary>
    public static IEnumerable<string> Functions => s_functions.Keys;

    /// <summary>Reads the whole expression.</summary>
    /// <returns>The expression.</returns>
    /// <exception cref="ExprException">It is none.</exception>
    public Expr Read()
    {
        Expr e = Or();
        Skip();
        if (_at < _end)
        {
            throw Wrong(_at, _at + 1, "finds `" + _text[_at] + "` where the expression should end or an operator stand",
                Instead(_text[_at]) ?? "check brackets and operators before it");
        }

        return e;
    }

    // What other languages and printed pages have for an operator of this one.
    private static string? Instead(char sign) => sign switch
    {
        '^' => "write powers with `**`",
        '=' => "compare with `>=`, `>`, `<=` or `<`",
        ',' => "write numbers with a decimal point: `0.1`; commas part the values of a function",
        ':' => "write no unit behind an equation: `range` and `start` of a state say what it measures",
        '\u2212' or '\u2013' => "write the sign `-`",
        '\u00b7' or '\u00d7' => "write the sign `*`",
        '&' => "write `and`",
        '|' => "write `or`",
        '!' => "write `not`",
        '[' or '{' => "write brackets as `(` and `)`",
        _ => null,
    };

    private static ExprException Wrong(int start, int end, string message, string hint)
        => new(start, Math.Max(end, start + 1), message, hint);

    private void Skip()
    {
        while (_at < _end && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private bool Take(string sign)
    {
        Skip();
        if (_end - _at < sign.Length || string.CompareOrdinal(_text, _at, sign, 0, sign.Length) != 0)
        {
            return false;
        }

        // A word ends where no letter follows.
        if (char.IsLetter(sign[0]) && _at + sign.Length < _end
            && (char.IsLetterOrDigit(_text[_at + sign.Length]) || _text[_at + sign.Length] == '_'))
        {
            return false;
        }

        _at += sign.Length;
        return true;
    }

    private Expr Or()
    {
        Expr left = And();
        while (Take("or"))
        {
            left = Node(Op.Or, left, And());
        }

        return left;
    }

    private Expr And()
    {
        Expr left = Not();
        while (Take("and"))
        {
            left = Node(Op.And, left, Not());
        }

        return left;
    }

    private Expr Not()
    {
        Skip();
        int start = _at;
        if (!Take("not"))
        {
            return Comparison();
        }

        Expr of = Not();
        return new Expr(Op.Not, [of], start, of.End);
    }

    private Expr Comparison()
    {
        Expr left = Sum();
        Skip();
        foreach (string sign in new[] { ">=", "<=", ">", "<" })
        {
            if (Take(sign))
            {
                Expr right = Sum();
                return sign switch
                {
                    ">=" => Node(Op.AtLeast, left, right),
                    ">" => Node(Op.Above, left, right),
                    "<=" => new Expr(Op.AtLeast, [right, left], left.Start, right.End),
                    _ => new Expr(Op.Above, [right, left], left.Start, right.End),
                };
            }
        }

        return left;
    }

    private Expr Sum()
    {
        Expr left = Product();
        while (true)
        {
            if (Take("+"))
            {
                left = Node(Op.Add, left, Product());
            }
            else if (Take("-"))
            {
                left = Node(Op.Subtract, left, Product());
            }
            else
            {
                return left;
            }
        }
    }

    private Expr Product()
    {
        Expr left = Sign();
        while (true)
        {
            Skip();
            if (_at + 1 < _end && _text[_at] == '*' && _text[_at + 1] == '*')
            {
                return left;
            }

            if (Take("*"))
            {
                left = Node(Op.Multiply, left, Sign());
            }
            else if (Take("/"))
            {
                left = Node(Op.Divide, left, Sign());
            }
            else
            {
                return left;
            }
        }
    }

    private Expr Sign()
    {
        Skip();
        int start = _at;
        if (Take("-"))
        {
            Expr of = Sign();
            return new Expr(Op.Negate, [of], start, of.End);
        }

        return Take("+") ? Sign() : Power();
    }

    private Expr Power()
    {
        Expr left = Primary();
        return Take("**") ? Node(Op.Power, left, Sign()) : left;
    }

    private Expr Primary()
    {
        Skip();
        if (++_depth > 200)
        {
            throw Wrong(_at, _at + 1, "is nested more than 200 deep", "split it with definitions such as `x = ...`");
        }

        if (++_parts > MostParts)
        {
            throw Wrong(_at, _at + 1, FormattableString.Invariant($"has more than {MostParts} numbers and names"),
                "write fewer terms, or put them into a table of points");
        }

        int start = _at;
        if (_at >= _end)
        {
            throw Wrong(_at, _at + 1, "ends where a value should stand", "complete the expression");
        }

        Expr e;
        if (Take("("))
        {
            Expr inner = Or();
            Close(start);
            e = new Expr(inner.Op, inner.Args, start, _at)
            {
                Value = inner.Value,
                Name = inner.Name,
                Dimension = inner.Dimension,
                Table = inner.Table
            };
        }
        else if (char.IsAsciiDigit(_text[_at]) || _text[_at] == '.')
        {
            e = NumberWithUnit();
        }
        else if (char.IsLetter(_text[_at]) || _text[_at] == '_')
        {
            e = NameOrCall();
        }
        else
        {
            throw Wrong(_at, _at + 1, "finds `" + _text[_at] + "` where a value should stand",
                Instead(_text[_at]) ?? "write a number, a name or an expression in brackets");
        }

        _depth--;
        return e;
    }

    private void Close(int open)
    {
        if (!Take(")"))
        {
            Skip();

            // On the next line another equation begins: the bracket is what is missing.
            int before = _text.AsSpan(0, _at).TrimEnd().Length;
            if (!_text.AsSpan(before, _at - before).Contains('\n')
                && _at < _end && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '.'))
            {
                int end = _at;
                while (end < _end && (char.IsLetterOrDigit(_text[end]) || _text[end] is '_' or '.'))
                {
                    end++;
                }

                throw Wrong(_at, end, "finds `" + _text[_at..end] + "` where an operator or `)` should stand",
                    "write `*` between factors; a unit of several factors is written `uM/fA/ms`, or belongs to a parameter");
            }

            if (_at < _end && Instead(_text[_at]) is { } instead)
            {
                throw Wrong(_at, _at + 1, "finds `" + _text[_at] + "` where an operator or `)` should stand", instead);
            }

            throw Wrong(open, open + 1, "has a bracket that is not closed", "add `)`");
        }
    }

    private string Word()
    {
        int start = _at;
        while (_at < _end && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_'))
        {
            _at++;
        }

        return _text[start.._at];
    }

    private Expr NumberWithUnit()
    {
        int start = _at;
        while (_at < _end && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '.'))
        {
            _at++;
        }

        // An e without digits behind it belongs to a unit or is wrong.
        if (_at < _end && _text[_at] is 'e' or 'E')
        {
            int exponent = _at + 1 < _end && _text[_at + 1] is '+' or '-' ? _at + 2 : _at + 1;
            if (exponent < _end && char.IsAsciiDigit(_text[exponent]))
            {
                _at = exponent;
                while (_at < _end && char.IsAsciiDigit(_text[_at]))
                {
                    _at++;
                }
            }
        }

        if (!double.TryParse(_text.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            || !double.IsFinite(value))
        {
            throw Wrong(start, _at, "is `" + _text[start.._at] + "`, which is no number", "write a number such as 0.5 or 1e-3");
        }

        UnitText unit = new(1, default);
        bool first = !TakeReciprocal(ref unit);
        while (TakeUnit(first, ref unit))
        {
            first = false;
        }

        return new Expr(Op.Number, [], start, _at) { Value = value * unit.Scale, Dimension = unit.Dimension };
    }

    // `40 1/s`, `0.04 1/(mV ms)`, as units of inputs are written: two numbers side by side mean nothing else.
    private bool TakeReciprocal(ref UnitText unit)
    {
        int at = _at;
        while (at < _end && char.IsWhiteSpace(_text[at]))
        {
            at++;
        }

        if (at == _at || !UnitText.TryReadReciprocal(_text, ref at, out UnitText found) || at > _end)
        {
            return false;
        }

        (_at, unit) = (at, found);
        return true;
    }

    // `3 mV`, `3 mV/ms`, `0.1/ms`: a word that is no name of the model and is a unit.
    private bool TakeUnit(bool first, ref UnitText unit)
    {
        int before = _at;
        Skip();
        bool over = _at < _end && _text[_at] == '/';
        if (over || (!first && _at + 1 < _end && _text[_at] == '*' && _text[_at + 1] != '*'))
        {
            _at++;
            Skip();
        }
        else if (!first)
        {
            _at = before;
            return false;
        }

        int start = _at;
        string word = _at < _end && char.IsLetter(_text[_at]) ? Word() : string.Empty;

        // Right behind a number no name can stand, so that a unit may share its letters with a name of the model.
        bool name = _isName(word) && (over || !first || !UnitText.TryFind(word, out _));
        if (word.Length == 0 || word is "and" or "or" or "not" || name || s_functions.ContainsKey(word))
        {
            _at = before;
            return false;
        }

        if (!UnitText.TryFind(word, out UnitText found))
        {
            if (over || !first)
            {
                _at = before;
                return false;
            }

            throw Wrong(start, _at, "has `" + word + "` behind a number, which is no unit", Suggestion.Hint(word, UnitText.Symbols)
                ?? "units are such as mV, nA, ms, pF, nS; a product needs `*`");
        }

        if (_at < _end && _text[_at] == '^')
        {
            int from = ++_at;
            while (_at < _end && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '-'))
            {
                _at++;
            }

            if (!int.TryParse(_text.AsSpan(from, _at - from), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
                out int exponent))
            {
                throw Wrong(from - 1, _at, "has a unit with a power that is no whole number", "write such as `cm^2`");
            }

            found = found.Power(exponent);
        }

        unit = unit.Times(over ? found.Power(-1) : found);
        return true;
    }

    private Expr NameOrCall()
    {
        int start = _at;
        string word = Word();
        int end = _at;
        if (!Take("("))
        {
            return word == "pi" && !_isName(word) ? new Expr(Op.Number, [], start, end) { Value = Math.PI }
                : new Expr(Op.Name, [], start, end) { Name = word };
        }

        List<Expr> args = [];
        if (!Take(")"))
        {
            do
            {
                args.Add(Or());
            }
            while (Take(","));
            Close(end);
        }

        if (_own.TryGetValue(word, out int own))
        {
            Count(start, end, word, own, args.Count);
            return new Expr(Op.Call, args, start, _at) { Name = word };
        }

        if (!s_functions.TryGetValue(word, out (Op Op, int Count) function))
        {
            string hint = Suggestion.Hint(word, s_functions.Keys.Concat(_own.Keys))
                ?? "functions: " + string.Join(", ", s_functions.Keys.Concat(_own.Keys));
            throw Wrong(start, end, "calls `" + word + "`, which is no function", hint);
        }

        Count(start, end, word, function.Count, args.Count);
        return word is "clip"
            ? new Expr(Op.Min, [new Expr(Op.Max, [args[0], args[1]], start, _at), args[2]], start, _at)
            : new Expr(function.Op, args, start, _at);
    }

    private static void Count(int start, int end, string word, int wanted, int got)
    {
        if (wanted != got)
        {
            string values = wanted == 1 ? "1 value" : string.Create(CultureInfo.InvariantCulture, $"{wanted} values");
            throw Wrong(start, end, string.Create(CultureInfo.InvariantCulture, $"gives `{word}` {got} values"),
                "`" + word + "` needs " + values);
        }
    }

    private static Expr Node(Op op, Expr a, Expr b) => new(op, [a, b], a.Start, b.End);
}
