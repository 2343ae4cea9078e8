// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Tests.Layout;

/// <summary>The table whose hash both ends compare: one line per message with number, name and fields in order.</summary>
internal static class TableText
{
    public static string Of(Protocol protocol) => string.Concat(protocol.Messages.SelectMany(message => Lines(protocol, message))
        .Select(line => line + "\n"));

    /// <summary>FNV-1a in 32 bits.</summary>
    public static uint Hash(string text) => text.Aggregate(2166136261u, (value, letter) => unchecked((value ^ letter) * 16777619u));

    private static IEnumerable<string> Lines(Protocol protocol, Message message)
    {
        yield return Line(protocol, message.Number, message.TableName, message.Body);
        if (message.Answer != null)
        {
            yield return Line(protocol, message.AnswerNumber, message.TableName, message.Answer);
        }
    }

    private static string Line(Protocol protocol, int number, string name, BodyUse use)
    {
        var fields = use.Name switch
        {
            "empty" => [],
            "bytes" => ["bytes"],
            _ => Fields(protocol, protocol.Body(use.Name)).ToList(),
        };
        return string.Join(" ", fields.Prepend($"{number:X2} {name}").Concat(use.Tail == null ? [] : [$"[{Named(use.Tail)}]"]));
    }

    private static IEnumerable<string> Fields(Protocol protocol, Body body)
    {
        var head = body.Head.SelectMany(field => field.Nested == null ? [Named(field)] : Fields(protocol, protocol.Body(field.Nested)));
        return body.Items.Count == 0 ? head : head.Append($"[{string.Join(" ", body.Items.Select(Named))}]");
    }

    private static string Named(Field field) => field.Name == "-" ? field.TableType : $"{field.Name}:{field.TableType}";
}
