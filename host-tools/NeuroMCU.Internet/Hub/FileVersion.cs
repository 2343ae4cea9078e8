// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Internet.Hub;

/// <summary>Reads the first line of hub and site files, which says what they are.</summary>
internal static class FileVersion
{
    private static readonly Dictionary<string, string> s_verbs = new(StringComparer.Ordinal)
    {
        ["neuromcu-hub"] = "hub",
        ["neuromcu-site"] = "site",
        ["neuromcu"] = "run",
    };

    /// <summary>Reads the version.</summary>
    /// <returns>False (reported) when it is missing or another one: further errors would be errors against the wrong rules.</returns>
    public static bool Read(ReadContext context, MapReader map, string kind)
    {
        Field? field = map.Take(kind);
        if (field == null)
        {
            string? other = s_verbs.Keys.FirstOrDefault(k => k != kind && map.Take(k) != null);
            context.Error(map.Field, other == null ? $"`{kind}` is missing" : $"begins with `{other}` and not with `{kind}`",
                other == null ? $"begin the file with `{kind}: 1`" : $"read it with: neuromcu {s_verbs[other]} {context.File}");
            return false;
        }

        if (field.Text == "1")
        {
            return true;
        }

        bool newer = int.TryParse(field.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int version) && version > 1;
        context.Error(field, "is " + field.Describe() + "; this program reads version 1",
            newer ? $"update NeuroMCU, or write `{kind}: 1`" : $"write `{kind}: 1`");
        return false;
    }
}
