// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Internet.Hub;

/// <summary>Reads the first line of hub and site files, which says what they are.</summary>
internal static class FileVersion
{
    /// <summary>Reads the version.</summary>
    /// <returns>False (reported) when it is missing or another one: further errors would be errors against the wrong rules.</returns>
    public static bool Read(ReadContext context, MapReader map, string kind)
    {
        Field? field = map.Take(kind);
        if (field == null)
        {
            context.Error(map.Field, $"`{kind}` is missing", $"begin the file with `{kind}: 1`");
            return false;
        }

        long? version = Scalars.Integer(context, field, 1, int.MaxValue);
        if (version > 1)
        {
            context.Error(field, "is " + field.Describe() + "; this program reads version 1", $"update NeuroMCU, or write `{kind}: 1`");
        }

        return version == 1;
    }
}
