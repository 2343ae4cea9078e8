// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Networks.Equations;

/// <content>The lines of the equations.</content>
internal sealed partial class ModelTextReader
{
    private Dictionary<string, (Expr Rate, SourceLocation Location)> ReadEquations(Field field, List<StateHead> heads)
    {
        Dictionary<string, (Expr, SourceLocation)> rates = new(StringComparer.Ordinal);
        if (Block(field, "dv/dt = -v/tau") is not { } piece)
        {
            return rates;
        }

        _written = new DefinitionOrder(piece);
        foreach ((int start, int end) in EquationLines.Of(piece.Text))
        {
            _current = string.Empty;
            int equals = piece.Text.IndexOf('=', start, end - start);
            if (equals < 0)
            {
                piece.Error(start, end, "has a line that is no equation",
                    "write `dv/dt = ...` for a state, `name = ...` for a definition, `name(x) = ...` for a function");
                continue;
            }

            string left = piece.Text[start..equals].Trim();
            int body = equals + 1;
            if (left.StartsWith('d') && left.EndsWith("/dt", StringComparison.Ordinal))
            {
                ReadRate(piece, start, body, end, left[1..^3].Trim(), heads, rates);
            }
            else if (left.EndsWith(')'))
            {
                ReadFunction(piece, start, equals, body, end);
            }
            else if (NewName(piece, start, equals, left))
            {
                _current = left;
                if (Parse(piece, body, end, null, left) is { } value)
                {
                    _dimensions[left] = _measured;
                    _definitions[left] = value;
                }
                else
                {
                    _broken.Add(left);
                }
            }
        }

        foreach (StateHead head in heads.Where(s => !rates.ContainsKey(s.Name)))
        {
            if (_context.ErrorCount == _errors)
            {
                piece.Error(0, 1, "has no equation for the state `" + head.Name + "`",
                    "add `d" + head.Name + "/dt = ...`; write 0 for what only events change");
            }
        }

        return rates;
    }

    private bool NewName(SourcePiece piece, int start, int end, string name)
    {
        if (name.Length == 0 || !(char.IsLetter(name[0]) || name[0] == '_') || !name.All(c => char.IsLetterOrDigit(c) || c == '_'))
        {
            piece.Error(start, end, "defines `" + name + "`, which is no name",
                "write `dv/dt = ...` for a state, `name = ...` for a definition, `name(x) = ...` for a function");
            return false;
        }

        if (_parameters.Exists(p => string.Equals(p.Name, name, StringComparison.Ordinal)))
        {
            piece.Error(start, end, "gives an equation to the parameter `" + name + "`",
                "declare it under `state` if it changes in time, or take it out of `parameters` if it is a definition");
            return false;
        }

        if (!_names.Add(name) || ExprParser.Functions.Contains(name, StringComparer.Ordinal))
        {
            piece.Error(start, end, "defines `" + name + "`, a name that is there already", "choose another name");
            return false;
        }

        return true;
    }

    private void ReadRate(
        SourcePiece piece, int start, int body, int end, string name, List<StateHead> heads, Dictionary<string,
        (Expr, SourceLocation)> rates)
    {
        if (_parameters.Exists(p => string.Equals(p.Name, name, StringComparison.Ordinal)))
        {
            piece.Error(start, body - 1, "gives an equation to the parameter `" + name + "`",
                "declare it under `state` with `start` and `range`, and take it out of `parameters`, if it changes in time");
            return;
        }

        if (_inputs.Exists(i => string.Equals(i.Name, name, StringComparison.Ordinal)))
        {
            piece.Error(start, body - 1, "gives an equation to the input `" + name + "`, which comes from outside",
                "declare it under `state` with `start` and `range`, and take it out of `inputs`, if it changes by itself");
            return;
        }

        if (!heads.Exists(s => string.Equals(s.Name, name, StringComparison.Ordinal)))
        {
            string hint = Suggestion.Hint(name, heads.Select(s => s.Name)) ?? "declare `" + name + "` under `state`";
            piece.Error(start, body - 1, "has an equation for `" + name + "`, which is no state", hint);
            return;
        }

        PhysicalDimension rate = _dimensions[name] / new PhysicalDimension(0, 0, 1, 0, 0);
        if (Parse(piece, body, end, rate, "d" + name + "/dt") is { } value && !rates.TryAdd(name, (value, piece.LocationOf(start))))
        {
            piece.Error(start, body - 1, "has a second equation for `" + name + "`", "write one equation per state");
        }
    }

    private void ReadFunction(SourcePiece piece, int start, int equals, int body, int end)
    {
        string left = piece.Text[start..equals].Trim();
        int open = left.IndexOf('(', StringComparison.Ordinal);
        string name = open < 0 ? string.Empty : left[..open].Trim();
        string[] arguments = open < 0 ? [] : left[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries);
        if (!NewName(piece, start, equals, name))
        {
            return;
        }

        // Known while it is read, so that a call of itself is told from one of no function.
        _functionArguments[name] = arguments.Length;
        _broken.Add(name);
        _current = name;
        try
        {
            Expr raw = new ExprParser(piece.Text, body, end, n => _names.Contains(n) || arguments.Contains(n, StringComparer.Ordinal),
                _functionArguments).Read();
            CheckNames(raw, arguments);
            Expr expanded = Bounded(
                Symbolic.Replace(Expand(raw), n => arguments.Contains(n, StringComparer.Ordinal) ? null : Definition(n)), raw);
            _broken.Remove(name);
            _functions[name] = (arguments, expanded);
        }
        catch (ExprException e)
        {
            piece.Error(e);
        }
    }
}
