// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NeuroMCU.Protocol.Framing;

namespace NeuroMCU.Protocol.Tests.Layout;

/// <summary>The parts of docs/reference/wire.md that stand between marks: messages with their fields, lists of values, the message
/// table.</summary>
internal sealed partial class PageText
{
    private readonly Protocol _protocol;
    private readonly StringBuilder _text = new();

    // Where each body was shown first.
    private readonly Dictionary<string, int> _shown = new(StringComparer.Ordinal);

    private PageText(Protocol protocol) => _protocol = protocol;

    /// <summary>The page with everything between its marks written anew.</summary>
    public static string Renewed(string page, Protocol protocol)
    {
        var writer = new PageText(protocol);
        var missing = protocol.Sections.Where(section => !page.Contains($"<!-- section {section.Name} -->", StringComparison.Ordinal))
            .Select(section => section.Name).ToList();
        return missing.Count > 0
            ? throw new FormatException($"docs/reference/wire.md has no mark <!-- section {missing[0]} --> … <!-- end -->")
            : Mark().Replace(page,
                match => $"<!-- {match.Groups["what"].Value} -->\n\n{writer.Part(match.Groups["what"].Value)}\n<!-- end -->");
    }

    private string Part(string what)
    {
        _text.Clear();
        if (what == "message table")
        {
            return string.Concat(TableText.Of(_protocol).TrimEnd('\n').Split('\n').Select(line => $"    {line}\n"));
        }

        var section = _protocol.Sections.Single(section => section.Name == what["section ".Length..]);
        foreach (var message in section.Messages)
        {
            Show(message);
        }

        if (section.Counters.Count > 0)
        {
            Rows("place | name | most | ",
                section.Counters.Select(counter => $"{counter.Place} | {counter.PageName} | 2^{counter.Bits} − 1 | {counter.Text}"));
        }

        foreach (var values in section.Values)
        {
            _text.Append($"#### {values.Name}\n\n{Links(values.Text)}\n\n");
            Rows(values.HasDetails ? "value | name | | detail" : "value | name | ",
                values.Values.Select(
                    value => $"{value.Number} | {value.Name} | "
                    + $"{Links(value.Text)}{(values.HasDetails ? " | " + Links(value.Detail) : string.Empty)}"));
        }

        return _text.ToString().TrimEnd('\n') + "\n";
    }

    private void Show(Message message)
    {
        _text.Append(CultureInfo.InvariantCulture,
            $"`{message.Number:X2}` **{message.TableName.ToUpperInvariant()}**: {Links(message.Text)}");
        Use(message.Number, message.Body);
        if (message.Answer != null)
        {
            _text.Append(CultureInfo.InvariantCulture, $"`{message.AnswerNumber:X2}`:");
            Use(message.AnswerNumber, message.Answer);
        }

        foreach (var note in message.Notes)
        {
            _text.Append(note).Append("\n\n");
        }
    }

    private void Use(int number, BodyUse use)
    {
        var tail = use.Tail == null ? string.Empty
            : $", then *count* times {use.Tail.Name} ({use.Tail.Type}), at most "
            + $"{(WireFormat.MaxSealedBody - _protocol.Body(use.Name).Head.Sum(field => field.Size)) / use.Tail.Size}";
        switch (use.Name)
        {
            case "empty":
                _text.Append(" Empty.\n\n");
                return;
            case "bytes":
                _text.Append("\n\n");
                return;
        }

        if (!_shown.TryAdd(use.Name, number))
        {
            _text.Append(CultureInfo.InvariantCulture, $" As `{_shown[use.Name]:X2}`{tail}.\n\n");
            return;
        }

        var body = _protocol.Body(use.Name);
        _text.Append("\n\n");
        Rows("field | type | range | ", body.Head.Select(Row)
            .Concat(body.Repeat == null ? [] : body.Items.Select(Row).Prepend(RepeatRow(body))));
        if (tail.Length > 0)
        {
            _text.Append(char.ToUpperInvariant(tail[2])).Append(tail[3..]).Append(".\n\n");
        }
    }

    private static string RepeatRow(Body body) => body.Repeat switch
    {
        { Always: true, Name: "Count" } => "*count times:* | | | ",
        { Always: true } repeat => $"*{repeat.Count} times:* | | | ",
        _ => $"*count times:* | | at most {body.Most(WireFormat.MaxSealedBody)} | ",
    };

    private string Row(Field field)
    {
        if (field.Nested != null)
        {
            var shown = _shown.TryGetValue(field.Nested, out var number) ? number
                : _protocol.Messages.First(message => message.Body.Name == field.Nested).Number;
            return $"*{field.Name.ToLowerInvariant()}* | | as `{shown:X2}` | {field.Text}";
        }

        var range = (field.Low, field.High) switch
        {
            (null, null) => field.Unit,
            (long low, null) => $"from {low} {field.Unit}",
            var (low, high) => $"{low} to {high} {field.Unit}",
        };
        var values = field.Values == null ? string.Empty : $" One of [{field.Values}](#{field.Values.ToLowerInvariant()}).";
        var constants = string.Concat(field.Constants.Select(constant => $" {constant.Number}: {constant.Text}"));
        var type = Regex.Replace(field.Type, @"^var(\d+)$", "var");
        return $"{field.Name} | {type} | {range.Trim()} | {Links(field.Text)}{values}{constants}";
    }

    private void Rows(string head, IEnumerable<string> rows)
    {
        _text.Append($"| {head.TrimEnd()} |\n|{string.Concat(head.Split('|').Select(_ => "---|"))}\n");
        foreach (var row in rows)
        {
            _text.Append($"| {row.Replace("|  |", "| |", StringComparison.Ordinal).TrimEnd()} |\n");
        }

        _text.Append('\n');
    }

    private string Links(string text) => Reference().Replace(text, match =>
    {
        var parts = match.Groups["name"].Value.Split('.');
        var link = $"[{parts[0]}](#{parts[0].ToLowerInvariant()})";
        return parts.Length == 1 ? link : _protocol.Values.Single(values => values.Name == parts[0])
            .Values.Single(value => value.Name == parts[1]) is var value ? $"{value.Number} ({value.Name})" : string.Empty;
    });

    [GeneratedRegex(@"<!-- (?<what>section \w+|message table) -->\n.*?<!-- end -->",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Mark();

    [GeneratedRegex(@"\{(?<name>[\w.]+)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();
}
