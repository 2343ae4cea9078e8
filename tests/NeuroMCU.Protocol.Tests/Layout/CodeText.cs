// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NeuroMCU.Protocol.Framing;

namespace NeuroMCU.Protocol.Tests.Layout;

/// <summary>The C# of the protocol: what is declared, as plain classes that run on the device.</summary>
internal sealed partial class CodeText
{
    private const int Width = 140;

    private readonly Protocol _protocol;
    private readonly StringBuilder _text = new();

    private CodeText(Protocol protocol)
    {
        _protocol = protocol;
        _text.Append(
            "// NeuroMCU, MIT licence. See LICENSE in the repository root.\n// Made from messages.txt, see its head: do not edit.\n\n");
    }

    /// <summary>All files by name.</summary>
    public static Dictionary<string, string> Files(Protocol protocol)
    {
        var files = protocol.Sections.Where(section => section.Values.Count + section.Counters.Count
            + section.Bodies.Count(body => !body.ByHand) > 0)
            .ToDictionary(section => section.Name + ".g.cs", section => new CodeText(protocol).Section(section), StringComparer.Ordinal);
        files["MessageType.g.cs"] = new CodeText(protocol).Types();
        return files;
    }

    private string Section(Section section)
    {
        Line(0, "namespace NeuroMCU.Protocol.Messages");
        Line(0, "{");
        var first = true;
        foreach (var write in section.Bodies.Where(body => !body.ByHand).Select(body => (Action)(() => Class(body)))
            .Concat(section.Values.Select(values => (Action)(() => List(values))))
            .Append(section.Counters.Count > 0 ? () => Counters(section.Counters) : null!)
            .Where(write => write != null))
        {
            Gap(ref first);
            write();
        }

        Line(0, "}");
        var code = _text.ToString();
        return code.Contains("WireFormat.", StringComparison.Ordinal)
            ? code.Replace("\nnamespace ", "\nusing NeuroMCU.Protocol.Framing;\n\nnamespace ", StringComparison.Ordinal) : code;
    }

    private string Types()
    {
        Line(0, "namespace NeuroMCU.Protocol.Messages");
        Line(0, "{");
        Line(1, "public static partial class MessageType");
        Line(1, "{");
        var first = true;
        foreach (var message in _protocol.Messages)
        {
            Gap(ref first);
            Summary(2, (message.Kind == "request" ? string.Empty : char.ToUpperInvariant(message.Kind[0]) + message.Kind[1..] + ": ")
                + message.Text);
            Line(2, $"public const int {message.Name} = 0x{message.Number:X2};");
        }

        Line(1, "}");
        _text.Append('\n');
        Summary(1, "The layout of all messages as one number.");
        Line(1, "public static class MessageTable");
        Line(1, "{");
        Summary(2,
            "FNV-1a hash (32 bits) of the message table in docs/reference/wire.md. It travels in HELLO: ends whose layouts differ find "
            + "out at once instead of misreading each other.");
        Line(2, $"public const uint Hash = 0x{TableText.Hash(TableText.Of(_protocol)):X8};");
        Line(1, "}");
        Line(0, "}");
        return _text.ToString();
    }

    private void List(ValueList values)
    {
        Summary(1, values.Text);
        Line(1, $"public static class {values.Name}");
        Line(1, "{");
        var first = true;
        foreach (var value in values.Values)
        {
            Gap(ref first);
            Summary(2, value.Detail.Length == 0 ? value.Text : $"{value.Text} Detail: {value.Detail}.");
            Line(2, $"public const int {value.Name} = {value.Number};");
        }

        Line(1, "}");
    }

    private void Counters(List<Counter> counters)
    {
        Summary(1, "Places of the counters in a COUNTERS answer.");
        Line(1, "public static class CounterIndex");
        Line(1, "{");
        foreach (var counter in counters)
        {
            Summary(2, counter.Text);
            Line(2, $"public const int {counter.Name} = {counter.Place};\n");
        }

        Summary(2, "Number of counters of this version.");
        Line(2, $"public const int Count = {counters.Count};\n");
        Summary(2, "Names a counter; empty for an unknown place.");
        Documented("param name=\"index\"", "Its place.");
        Documented("returns", "The name, lower case with underscores.");
        Line(2, "public static string Name(int index)");
        Line(2, "{");
        Line(3, "switch (index)");
        Line(3, "{");
        foreach (var counter in counters)
        {
            Line(4, $"case {counter.Name}: return \"{counter.PageName}\";");
        }

        Line(4, "default: return string.Empty;");
        Line(3, "}");
        Line(2, "}\n");
        Summary(2, "Gives the largest value that a counter can have on the wire.");
        Documented("param name=\"index\"", "Its place.");
        Documented("returns", "The value, 2 to a power less 1.");
        Line(2, "public static long Most(int index)");
        Line(2, "{");
        Line(3, "switch (index)");
        Line(3, "{");
        foreach (var group in counters.GroupBy(counter => counter.Bits).OrderBy(group => group.Count()).SkipLast(1))
        {
            foreach (var counter in group)
            {
                Line(4, $"case {counter.Name}:");
            }

            Line(5, $"return (1L << {group.Key}) - 1;");
        }

        Line(4, "default:");
        Line(5, $"return (1L << {counters.GroupBy(counter => counter.Bits).MaxBy(group => group.Count())!.Key}) - 1;");
        Line(3, "}");
        Line(2, "}");
        Line(1, "}");
    }

    private void Class(Body body)
    {
        Summary(1, body.Text);
        Line(1, $"public sealed {(body.Partial ? "partial " : string.Empty)}class {body.Name}");
        Line(1, "{");
        foreach (var (name, count, text) in Sizes(body))
        {
            Summary(2, text);
            Line(2, $"public const int {name} = {count};\n");
        }

        foreach (var (field, constant) in body.Fields.SelectMany(field => field.Constants.Select(constant => (field, constant))))
        {
            Summary(2, field.Member == null ? constant.Text : $"{constant.Text} A value of <see cref=\"{field.Member}\" />.");
            Line(2, $"public const {(Kind(field) == "long" ? "long" : "int")} {constant.Name} = "
                + $"{constant.Number}{(constant.Number > int.MaxValue ? "L" : string.Empty)};\n");
        }

        foreach (var field in body.Fields.Where(field => field.Member != null))
        {
            Summary(2, Sentence(field));
            Line(2, Member(body, field) + "\n");
        }

        Summary(2, "Writes the body.");
        Documented("param name=\"writer\"", "Where to.");
        Method("public void Write(BodyWriter writer)", body, Write, []);
        _text.Append('\n');
        Reading(body);
        if (body.Checked)
        {
            _text.Append('\n');
            Checking(body);
        }

        Line(1, "}");
    }

    // The list of the body itself, and those that follow it in messages.
    private IEnumerable<(string Name, int Count, string Text)> Sizes(Body body)
    {
        if (body.Repeat != null)
        {
            yield return (body.Repeat.Name, body.Most(WireFormat.MaxSealedBody), body.Repeat.Text);
        }

        foreach (var use in _protocol.Messages.SelectMany(message => new[] { message.Body, message.Answer })
            .Where(use => use?.Name == body.Name && use.Tail != null).DistinctBy(use => use!.TailMax))
        {
            var most = (WireFormat.MaxSealedBody - body.Head.Sum(field => field.Size)) / use!.Tail!.Size;
            yield return (use.TailMax!, most, $"Most values of {TailBits(use.Tail)} bits that follow it in one message.");
        }
    }

    private static int TailBits(Field tail) => 8 * tail.Size;

    private bool HasTail(Body body) => _protocol.Messages.Any(message => (message.Body.Name == body.Name && message.Body.Tail != null)
        || (message.Answer?.Name == body.Name && message.Answer.Tail != null));

    private void Reading(Body body)
    {
        var tail = HasTail(body);
        var stays = body.Items.Any(field => field.Member == null);
        Summary(2, tail || stays ? "Reads the body; the values behind it stay in the reader." : "Reads the body.");
        Documented("param name=\"reader\"", "Where from.");
        if (tail)
        {
            Documented("param name=\"valueSize\"", "Bytes of each value that has to follow; 0 for none.");
        }

        Documented("returns", tail ? "False when what follows is not exactly the values." : body.Open || stays
            ? "False when it is too short." : "False when it has another length.");
        var last = body.Head[^1];
        string end;
        if (last.Nested != null)
        {
            end = "return " + string.Join(" && ", body.Head.Where(field => field.Nested != null)
                .Select(field => $"{field.Member}.Read(reader)")) + ";";
        }
        else if (tail)
        {
            end = "return !reader.Failed && reader.Left == Count * valueSize;";
        }
        else if (stays)
        {
            end = $"return !reader.Failed && Count <= {body.Repeat!.Name};";
        }
        else
        {
            end = body.Open ? "return !reader.Failed;" : "return reader.Complete;";
        }

        Method($"public bool Read(BodyReader reader{(tail ? ", int valueSize" : string.Empty)})", body, Read, [end]);
    }

    private void Method(string head, Body body, Func<Field, string, string?> statement, string[] end)
    {
        Line(2, head);
        Line(2, "{");
        var reads = end.Length > 0;
        foreach (var line in body.Head.Select(field => statement(field, string.Empty)).Where(line => line != null))
        {
            Line(3, line!);
        }

        var items = body.Items.Where(field => field.Member != null).ToList();
        if (items.Count > 0)
        {
            if (reads && !body.Repeat!.Always)
            {
                Line(3, $"if (Count > {body.Repeat.Name})");
                Line(3, "{");
                Line(4, "return false;");
                Line(3, "}\n");
            }

            Line(3, $"for (int k = 0; k < {(body.Repeat!.Always ? body.Repeat.Name : "Count")}; k++)");
            Line(3, "{");
            foreach (var field in items)
            {
                Line(4, statement(field, "[k]")!);
            }

            Line(3, "}" + (reads ? "\n" : string.Empty));
        }

        foreach (var line in end)
        {
            Line(3, line);
        }

        Line(2, "}");
    }

    private static string? Write(Field field, string index) => field switch
    {
        { Nested: not null } => $"{field.Member}.Write(writer);",
        { Member: null } => null,
        _ when field.Type.EndsWith(" bytes", StringComparison.Ordinal) => $"writer.WriteBytes({field.Member}, 0, {field.Member}.Length);",
        { Type: "block" } => $"writer.WriteBlock({field.Member});",
        { Kind: "bool" } => $"writer.WriteByte({field.Member} ? 1 : 0);",
        _ => $"writer.Write{Verb(field).Replace("UInt16", "Int16", StringComparison.Ordinal)}({field.Member}{index});",
    };

    private static string? Read(Field field, string index) => field switch
    {
        { Nested: not null } or { Member: null } => null,
        _ when field.Type.EndsWith(" bytes", StringComparison.Ordinal) => $"reader.ReadBytes({field.Member}, 0, {field.Member}.Length);",
        { Type: "block" } => $"{field.Member} = reader.ReadBlock();",
        { Kind: "bool" } => $"{field.Member} = reader.ReadByte() != 0;",
        _ => $"{field.Member}{index} = reader.Read{Verb(field)}();",
    };

    // 32 bits are an int unless the declaration says otherwise; no value of those comes near 2^31.
    private static string Verb(Field field) => field.Type switch
    {
        "u8" => "Byte",
        "u16" => "UInt16",
        "i16" => "Int16",
        "u32" => field.Kind == "uint" ? "UInt32" : "Int32",
        "i32" => "Int32",
        "i64" => "Int64",
        _ => throw new InvalidOperationException($"{field.Name}: {field.Type} is for bodies that are written by hand"),
    };

    private static string Kind(Field field) => field.Type switch
    {
        "i64" or "var42" => "long",
        "block" => "byte[]",
        _ when field.Type.EndsWith(" bytes", StringComparison.Ordinal) => "byte[]",
        _ => field.Kind ?? "int",
    };

    private static string Member(Body body, Field field)
    {
        var kind = field.Nested ?? Kind(field);
        if (body.Items.Contains(field))
        {
            return $"public readonly {kind}[] {field.Member} = new {kind}[{body.Repeat!.Name}];";
        }

        return field switch
        {
            { Nested: not null } => $"public readonly {kind} {field.Member} = new {kind}();",
            _ when field.Type.EndsWith(" bytes", StringComparison.Ordinal) =>
                $"public readonly byte[] {field.Member} = new byte[{field.FixedBytes}];",
            { Default: not null } => $"public {kind} {field.Member} = {field.Default};",
            _ => $"public {kind} {field.Member};",
        };
    }

    private void Checking(Body body)
    {
        Summary(2, "Checks the values against their ranges.");
        Documented("param name=\"bad\"", "The first value that is out of its range; 0 without one.");
        Documented("returns", "True when all are within.");
        Line(2, "public bool InRange(out int bad)");
        Line(2, "{");
        foreach (var field in body.Head.Where(field => field.Kind != "bool" && (field.Low != null || field.High != null)))
        {
            var counts = body.Repeat != null && field.Name == "count";
            var below = field.Low > 0 || (field.Low == 0 && field.Type is "u32" or "i32" or "i64") ? $"{field.Member} < {field.Low}" : null;
            var above = field.High != null && !counts ? $"{field.Member} > {field.High}" : null;
            Line(3, $"if ({string.Join(" || ", new[] { below, above }.Where(part => part != null))})");
            Line(3, "{");
            Line(4, $"bad = {(Kind(field) == "long" ? "(int)" : string.Empty)}{field.Member};");
            Line(4, "return false;");
            Line(3, "}\n");
        }

        Line(3, "bad = 0;");
        Line(3, "return true;");
        Line(2, "}");
    }

    private static string Sentence(Field field)
    {
        var range = (field.Low, field.High) switch
        {
            _ when field.Kind == "bool" => string.Empty,
            (null, null) => string.Empty,
            (long low, null) => $"from {low}",
            var (low, high) => $"{low} to {high}",
        };
        var unit = field.Unit.Length > 0 ? $"in {field.Unit}" : string.Empty;
        var rest = string.Join(", ", new[] { unit, range }.Where(part => part.Length > 0));
        return field.Text
            + (field.Values != null ? $" One of {{{field.Values}}}." : string.Empty)
            + (rest.Length > 0 ? $" {char.ToUpperInvariant(rest[0])}{rest[1..]}." : string.Empty);
    }

    private void Summary(int depth, string text)
    {
        text = Reference().Replace(text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace("&lt;see", "<see", StringComparison.Ordinal), "<see cref=\"$1\" />");
        text = Link().Replace(text, "$1").Replace("*", string.Empty, StringComparison.Ordinal);
        Documented(depth, "summary", text);
    }

    private void Documented(string tag, string text) => Documented(2, tag, text);

    private void Documented(int depth, string tag, string text)
    {
        var close = tag.Split(' ')[0];
        var indent = new string(' ', 4 * depth) + "/// ";
        var whole = $"{indent}<{tag}>{text}</{close}>";
        if (whole.Length <= Width)
        {
            _text.Append(whole).Append('\n');
            return;
        }

        _text.Append($"{indent}<{tag}>\n");
        var line = indent;
        foreach (var word in Words(text))
        {
            if (line.Length > indent.Length && line.Length + word.Length > Width)
            {
                _text.Append(line.TrimEnd()).Append('\n');
                line = indent;
            }

            line += word + " ";
        }

        _text.Append(line.TrimEnd()).Append('\n');
        _text.Append($"{indent}</{close}>\n");
    }

    private static IEnumerable<string> Words(string text) => Word().Matches(text).Select(match => match.Value);

    private void Gap(ref bool first)
    {
        if (!first)
        {
            _text.Append('\n');
        }

        first = false;
    }

    private void Line(int depth, string text) => _text.Append(CultureInfo.InvariantCulture, $"{new string(' ', 4 * depth)}{text}\n");

    [GeneratedRegex(@"\{([\w.]+)\}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(<[^>]*>|\S)+")]
    private static partial Regex Word();
}
