// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Protocol.Tests.Layout;

/// <summary>What messages.txt declares, in its order.</summary>
internal sealed record Protocol(IReadOnlyList<Section> Sections)
{
    public IEnumerable<Body> Bodies => Sections.SelectMany(section => section.Bodies);

    public IEnumerable<ValueList> Values => Sections.SelectMany(section => section.Values);

    /// <summary>All messages by number, each request with its answer behind it.</summary>
    public IEnumerable<Message> Messages => Sections.SelectMany(section => section.Messages).OrderBy(message => message.Number);

    public Body Body(string name) => Bodies.Single(body => body.Name == name);
}

internal sealed record Section(string Name, List<Message> Messages, List<Body> Bodies, List<ValueList> Values, List<Counter> Counters);

/// <summary>A request with its answer, an answer to any request, or an event.</summary>
internal sealed record Message(string Kind, int Number, string Name, BodyUse Body, BodyUse? Answer, string Text, List<string> Notes)
{
    /// <summary>The name in the table: HelloAgain is hello_again.</summary>
    public string TableName
        => string.Concat(Name.Select((letter, k) => char.IsUpper(letter) && k > 0 ? "_" + char.ToLowerInvariant(letter)
            : char.ToLowerInvariant(letter).ToString()));

    public int AnswerNumber => Number | 0x80;
}

/// <summary>A body of this name, or "empty" or "bytes", and the values that follow it without being members of its class.</summary>
internal sealed record BodyUse(string Name, Field? Tail, string? TailMax);

internal sealed record Body(string Name, bool Open, bool Partial, bool Checked, bool ByHand, string Text, List<Field> Head, Repeat? Repeat,
    List<Field> Items)
{
    public IEnumerable<Field> Fields => Head.Concat(Items);

    /// <summary>Most items in one message: what is declared, or what a sealed frame holds.</summary>
    public int Most(int frame) => Repeat!.Count ?? (frame - Head.Sum(field => field.Size)) / Items.Sum(field => field.Size);
}

/// <summary>How often the items of a body come: a number of times, or as often as the field "count" says, up to a number.</summary>
internal sealed record Repeat(string Name, bool Always, int? Count, string Text);

/// <summary>A field; with a <see cref="Nested" /> body it stands for all fields of that.</summary>
internal sealed record Field(string Name, string Type, string? Values, long? Low, long? High, string Unit, string? Member, string? Kind,
    string? Default, string? Nested, string Text)
{
    public List<Constant> Constants { get; } = [];

    /// <summary>Bytes of the longest value.</summary>
    public int Size => Type switch
    {
        "u8" => 1,
        "u16" or "i16" => 2,
        "u32" or "i32" => 4,
        "i64" => 8,
        _ when Type.StartsWith("var", StringComparison.Ordinal) && Type.Length > 3 =>
            (int.Parse(Type[3..], CultureInfo.InvariantCulture) + 6) / 7,
        _ when Type.EndsWith(" bytes", StringComparison.Ordinal) => FixedBytes,
        _ => throw new InvalidOperationException($"{Name}: a value of type {Type} has no length of its own; give the list a number"),
    };

    public int FixedBytes => int.Parse(Type.Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>The type in the table, which knows nothing of the number of a varint's bits.</summary>
    public string TableType => Type.StartsWith("var", StringComparison.Ordinal) ? "var"
        : Type.Replace(" bytes", string.Empty, StringComparison.Ordinal);
}

internal sealed record Constant(long Number, string Name, string Text);

internal sealed record ValueList(string Name, string Text, List<Value> Values)
{
    public bool HasDetails => Values.Any(value => value.Detail.Length > 0);
}

internal sealed record Value(int Number, string Name, string Text, string Detail);

internal sealed record Counter(int Place, string Name, string PageName, int Bits, string Text);
