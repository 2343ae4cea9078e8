// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Files.Yaml;

/// <summary>Opens lists.</summary>
internal static class Lists
{
    /// <summary>The items of a list that may be missing.</summary>
    /// <param name="field">The field, or null.</param>
    /// <returns>The items; none after a report.</returns>
    public static IEnumerable<Field> Items(ReadContext context, Field? field, string what, string example)
    {
        if (field == null || field.Text is { Length: 0 })
        {
            return [];
        }

        if (field.Items == null)
        {
            context.Error(field, "is " + field.Describe() + ", expected a list of " + what,
                "begin each item with a hyphen: `" + example + "`");
            return [];
        }

        return Enumerable.Range(0, field.Items.Children.Count).Select(field.Item);
    }
}
