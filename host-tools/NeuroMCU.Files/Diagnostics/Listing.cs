// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Files.Diagnostics;

/// <summary>What is found in a user's file, line by line, as far as somebody can read it: the first lines, and how many more.</summary>
public static class Listing
{
    /// <summary>How many lines a list prints; of the rest it only says how many there are.</summary>
    public const int Most = 10;

    /// <summary>Lists what was found.</summary>
    /// <param name="found">All of it, what comes first first.</param>
    /// <param name="whole">The file or command that gives the whole list; empty if there is none.</param>
    /// <returns>At most <see cref="Most" /> lines and one with the number of the others.</returns>
    public static IEnumerable<string> Of<T>(IReadOnlyCollection<T> found, string whole)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(found);
        foreach (T one in found.Take(Most))
        {
            yield return one.ToString()!;
        }

        if (found.Count > Most)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"and {found.Count - Most} more like these")
                + (string.IsNullOrEmpty(whole) ? string.Empty : ": " + whole);
        }
    }
}
