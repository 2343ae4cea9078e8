// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text.RegularExpressions;

namespace NeuroMCU.Protocol.Tests.Layout;

/// <summary>Reads messages.txt, whose head explains its lines. A line that it does not understand ends with an error that names
/// it.</summary>
internal static partial class DeclarationReader
{
    public static string FilePath { get; } = Path.Combine(Repository.Root, "firmware", "NeuroMCU.Protocol", "messages.txt");

    public static Protocol Read() => Read(File.ReadAllLines(FilePath));

    public static Protocol Read(IReadOnlyList<string> lines)
    {
        var sections = new List<Section>();
        Action<string>? inner = null;
        foreach (var (number, line) in Joined(lines))
        {
            try
            {
                if (line.StartsWith("  ", StringComparison.Ordinal))
                {
                    inner!(line.Trim());
                }
                else
                {
                    inner = Outer(line, sections);
                }
            }
            catch (Exception error) when (error is FormatException or NullReferenceException or IndexOutOfRangeException
                or ArgumentException or InvalidOperationException)
            {
                throw new FormatException($"{FilePath}({number}): '{line.Trim()}': {error.Message}", error);
            }
        }

        return new Protocol(sections);
    }

    // Comments and empty lines left out; a line that is indented by eight spaces or more goes on with the one before.
    private static List<(int Number, string Line)> Joined(IReadOnlyList<string> lines)
    {
        var joined = new List<(int Number, string Line)>();
        for (var k = 0; k < lines.Count; k++)
        {
            var line = lines[k].TrimEnd();
            if (line.StartsWith("        ", StringComparison.Ordinal))
            {
                joined[^1] = (joined[^1].Number, joined[^1].Line + " " + line.Trim());
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                joined.Add((k + 1, line));
            }
        }

        return joined;
    }

    private static Action<string>? Outer(string line, List<Section> sections)
    {
        var word = line.Split(' ', ':')[0];
        switch (word)
        {
            case "section":
                sections.Add(new Section(line.Split(' ')[1], [], [], [], []));
                return null;
            case "request" or "event" or "answer":
                sections[^1].Messages.Add(MessageOf(line));
                return null;
            case ">":
                sections[^1].Messages[^1].Notes.Add(line[2..]);
                return null;
            case "body":
                return BodyOf(line, sections[^1]);
            case "values":
                var (name, text) = Split(line["values ".Length..], ':');
                var values = new ValueList(name, text, []);
                sections[^1].Values.Add(values);
                return inner => values.Values.Add(ValueOf(inner));
            case "counters":
                return inner => sections[^1].Counters.Add(CounterOf(inner));
            default:
                throw new FormatException("no such line");
        }
    }

    private static Message MessageOf(string line)
    {
        var match = MessageLine().Match(line);
        if (!match.Success)
        {
            throw new FormatException("expected 'request NN Name: Body -> Body | Text.'");
        }

        var number = int.Parse(match.Groups["number"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var answer = match.Groups["answer"];
        if (match.Groups["kind"].Value == "request" != answer.Success)
        {
            throw new FormatException("a request has an answer, nothing else has one");
        }

        return new Message(match.Groups["kind"].Value, number, match.Groups["name"].Value, UseOf(match.Groups["body"].Value),
            answer.Success ? UseOf(answer.Value) : null, match.Groups["text"].Value, []);
    }

    private static BodyUse UseOf(string text)
    {
        var parts = text.TrimEnd(']').Split('[');
        if (parts.Length == 1)
        {
            return new BodyUse(text, null, null);
        }

        var tail = parts[1].Split(' ');
        return new BodyUse(parts[0].Trim(), new Field(tail[0], tail[1], null, null, null, string.Empty, null, null, null, null,
            string.Empty), tail[2]);
    }

    private static Action<string> BodyOf(string line, Section section)
    {
        var (head, text) = Split(line["body ".Length..], ':');
        var marks = head.Split(' ').Skip(1).ToHashSet(StringComparer.Ordinal);
        Body body = new(head.Split(' ')[0], marks.Contains("open"), marks.Contains("partial"), marks.Contains("checked"),
            marks.Contains("hand"), text, [], null, []);
        section.Bodies.Add(body);
        return inner =>
        {
            // The record is replaced when its list begins.
            var current = section.Bodies[^1];
            switch (inner[0])
            {
                case '[':
                    section.Bodies[^1] = current with { Repeat = RepeatOf(inner[1..].Trim()) };
                    break;
                case '+':
                    current.Fields.Last().Constants.Add(ConstantOf(inner[1..].Trim()));
                    break;
                default:
                    (current.Repeat == null ? current.Head : current.Items).Add(FieldOf(inner));
                    break;
            }
        };
    }

    private static Repeat RepeatOf(string line)
    {
        var (head, text) = Split(line, '|');
        var words = head.Split(' ');
        return new Repeat(words[0], words.Length > 1 && words[1] == "times", words.Length > 1
            ? int.Parse(words[2], CultureInfo.InvariantCulture) : null, text);
    }

    private static Constant ConstantOf(string line)
    {
        var (head, text) = Split(line, '|');
        var words = head.Split(' ');
        return new Constant(long.Parse(words[0], CultureInfo.InvariantCulture), words[1], text);
    }

    private static Field FieldOf(string line)
    {
        var cells = line.Split('|').Select(cell => cell.Trim()).ToArray();
        if (line[0] == '*')
        {
            var words = cells[0].Split(' ');
            return new Field(words[2], string.Empty, null, null, null, string.Empty, words[2], null, null, words[1], cells[1]);
        }

        if (cells.Length != 5)
        {
            throw new FormatException("expected 'name | type | range and unit | member | text'");
        }

        var type = cells[1].Split(" of ");
        if (!FieldType().IsMatch(type[0]))
        {
            throw new FormatException($"no such type: {type[0]}");
        }

        var range = Range().Match(cells[2]);
        var member = Member().Match(cells[3]);
        return new Field(
            cells[0],
            type[0],
            type.Length > 1 ? type[1] : null,
            Number(range.Groups["low"].Value),
            Number(range.Groups["high"].Value),
            range.Groups["unit"].Value,
            cells[3] == "-" ? null : member.Groups["name"].Value,
            member.Groups["kind"].Success ? member.Groups["kind"].Value : null,
            member.Groups["default"].Success ? member.Groups["default"].Value : null,
            null,
            cells[4]);
    }

    private static Value ValueOf(string line)
    {
        var cells = line.Split('|').Select(cell => cell.Trim()).ToArray();
        return new Value(int.Parse(cells[0], CultureInfo.InvariantCulture), cells[1], cells[2], cells.Length > 3 ? cells[3] : string.Empty);
    }

    private static Counter CounterOf(string line)
    {
        var cells = line.Split('|').Select(cell => cell.Trim()).ToArray();
        return new Counter(int.Parse(cells[0], CultureInfo.InvariantCulture), cells[1], cells[2],
            int.Parse(cells[3], CultureInfo.InvariantCulture), cells[4]);
    }

    private static (string Head, string Text) Split(string line, char at)
    {
        var parts = line.Split(at, 2);
        return (parts[0].Trim(), parts[1].Trim());
    }

    private static long? Number(string text) => text.Length == 0 ? null : long.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<kind>\w+) (?<number>[0-9A-F]{2}) (?<name>\w+): (?<body>\w+( \[.*?\])?)( -> (?<answer>\w+( \[.*?\])?))? \| (?<text>.+\.)$", RegexOptions.ExplicitCapture)]
    private static partial Regex MessageLine();

    [GeneratedRegex(@"^(u8|u16|u32|i16|i32|i64|var\d*|svar|block|bytes|\d+ bytes)$", RegexOptions.ExplicitCapture)]
    private static partial Regex FieldType();

    [GeneratedRegex(@"^((?<low>-?\d+)\.\.(?<high>\d*))? ?(?<unit>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Range();

    [GeneratedRegex(@"^(?<name>\w+)(:(?<kind>\w+))?( = (?<default>.+))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Member();
}
