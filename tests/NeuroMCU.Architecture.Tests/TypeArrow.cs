// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Architecture.Tests;

/// <summary>One type speaks of another that lives in another namespace.</summary>
internal sealed record TypeArrow(string FromAssembly, string FromNamespace, string FromType, string ToAssembly, string ToNamespace,
    string ToType)
{
    public override string ToString() => $"{FromNamespace}.{FromType} -> {ToNamespace}.{ToType}";
}
