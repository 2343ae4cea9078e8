// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Hearing.Readout;

namespace NeuroMCU.Networks;

/// <summary>Columns of a file of rivals, in their order.</summary>
internal static class RivalColumns
{
    /// <summary>Gets their names: the rival, cue and threshold of each question, the odds by pattern of answers.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "rival",
        .. Numbered(1, DirectionLayout.Questions).SelectMany(n => (string[])["cue_" + n, "from_" + n]),
        .. Numbered(0, 1 << DirectionLayout.Questions).Select(n => "odds_" + n),
    ];

    private static IEnumerable<string> Numbered(int first, int count)
        => Enumerable.Range(first, count).Select(n => n.ToString(CultureInfo.InvariantCulture));
}
