// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Networks.Reading;

/// <summary>Rules for names in a network file.</summary>
internal static class Names
{
    private const int MaxLength = 48;

    /// <summary>Checks a name: a letter or underscore, then letters, digits, underscores and hyphens.</summary>
    /// <returns>True when it will do; otherwise it has been reported.</returns>
    public static bool Check(ReadContext context, Field place, string name)
    {
        bool legal = name.Length is > 0 and <= MaxLength
            && (char.IsAsciiLetter(name[0]) || name[0] == '_')
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
        if (!legal)
        {
            context.Error(place, "`" + name + "` is no name", "use up to 48 letters, digits, `_` and `-`, beginning with a letter");
        }

        return legal;
    }
}
