// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Tests.Shared;

/// <summary>
/// How often tests over random inputs try: all of it, unless NEUROMCU_TEST_EFFORT gives a percentage. A mutation run repeats the tests
/// thousands of times and sets a small one; docs/guides/testing.md says more.
/// </summary>
internal static class Effort
{
    private static readonly int s_percent =
        int.TryParse(Environment.GetEnvironmentVariable("NEUROMCU_TEST_EFFORT"), NumberStyles.None, CultureInfo.InvariantCulture,
            out int percent)
            ? Math.Clamp(percent, 1, 100)
            : 100;

    /// <summary>Scales a number of random inputs.</summary>
    /// <param name="all">The number in an ordinary run.</param>
    /// <returns>From 1 to <paramref name="all" />.</returns>
    internal static int Of(int all) => Math.Max(1, (int)((long)all * s_percent / 100));
}
