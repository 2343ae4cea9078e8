// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;

namespace NeuroMCU.Schematics.Tests;

/// <summary>A list in brackets of a KiCad file, or one word of it: <c>(property "Value" "680k" ...)</c>.</summary>
internal sealed class Expression
{
    private readonly List<Expression> _items = [];

    private Expression(string word)
    {
        Word = word;
    }

    /// <summary>Gets the word, or the first word of the list.</summary>
    public string Word { get; private set; }

    /// <summary>Gets what follows the first word.</summary>
    public IReadOnlyList<Expression> Items => _items;

    public static Expression Load(string path)
    {
        return Parse(File.ReadAllText(path));
    }

    public static Expression Parse(string text)
    {
        int at = 0;
        return Read(text, ref at);
    }

    /// <summary>The lists that begin with a word.</summary>
    /// <param name="word">The first word.</param>
    /// <returns>Those directly within this list.</returns>
    public IEnumerable<Expression> All(string word)
    {
        return _items.Where(i => i._items.Count > 0 && string.Equals(i.Word, word, StringComparison.Ordinal));
    }

    /// <summary>The word after the first one of the only list that begins with a word.</summary>
    /// <param name="word">The first word.</param>
    /// <returns>The second word; empty when there is no such list.</returns>
    public string Of(string word)
    {
        return All(word).FirstOrDefault()?._items[0].Word ?? "";
    }

    /// <summary>The value of a property.</summary>
    /// <param name="name">The property's name.</param>
    /// <returns>The value; empty when there is no such property.</returns>
    public string Property(string name)
    {
        Expression? property = All("property").FirstOrDefault(p => string.Equals(p._items[0].Word, name, StringComparison.Ordinal));
        return property?._items[1].Word ?? "";
    }

    private static Expression Read(string text, ref int at)
    {
        while (char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        if (text[at] != '(')
        {
            return new Expression(ReadWord(text, ref at));
        }

        at++;
        Expression list = new("");
        for (bool first = true; ; first = false)
        {
            while (char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (text[at] == ')')
            {
                at++;
                return list;
            }

            Expression item = Read(text, ref at);
            if (first)
            {
                list.Word = item.Word;
            }
            else
            {
                list._items.Add(item);
            }
        }
    }

    private static string ReadWord(string text, ref int at)
    {
        StringBuilder word = new();
        if (text[at] != '"')
        {
            while (!char.IsWhiteSpace(text[at]) && text[at] is not ('(' or ')'))
            {
                word.Append(text[at++]);
            }

            return word.ToString();
        }

        for (at++; text[at] != '"'; at++)
        {
            at += text[at] == '\\' ? 1 : 0;
            word.Append(text[at]);
        }

        at++;
        return word.ToString();
    }
}
