// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Architecture.Tests;

/// <summary>Methods that allocate, directly or where their calls lead.</summary>
internal static class HotPathFixtures
{
    internal static class MakesArray
    {
        public static int[] Run(int size) => new int[size];
    }

    internal static class BoxesBehindACall
    {
        public static object Run(int value) => Inner(value);

        private static object Inner(int value) => value;
    }

    internal static class ConcatenatesInAnOverride
    {
        public static string Run(Describer describer) => describer.Describe("spike");
    }

    internal static class OnlyThrows
    {
        public static int Run(int value) => value > 0 ? value : throw new ArgumentException(string.Empty, nameof(value));
    }

    internal abstract class Describer
    {
        public abstract string Describe(string name);
    }

    internal sealed class Prefixer : Describer
    {
        public override string Describe(string name) => "the " + name;
    }
}
