// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Architecture.Tests.CircleFixtures.First
{
    internal sealed class One
    {
        // Only code speaks of the other side here; the way back is a field, inside of an array and a generic type.
        public static int Length => Second.Two.Length(null);
    }
}

namespace NeuroMCU.Architecture.Tests.CircleFixtures.Second
{
    internal sealed class Two
    {
        private readonly List<First.One[]> _ones = [];

        public static int Length(Two? two) => two?._ones.Count ?? 0;
    }
}

namespace NeuroMCU.Architecture.Tests.CircleFixtures.Third
{
    internal sealed class Bystander
    {
        public First.One? One { get; init; }
    }
}
