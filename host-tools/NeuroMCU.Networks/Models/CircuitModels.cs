// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Models;

/// <summary>The hand-written models that network files know. A new one is one more entry here.</summary>
public static class CircuitModels
{
    private static readonly CircuitModel[] s_all = [new ThyristorModel(), new BurstingModel()];

    /// <summary>All models.</summary>
    public static IReadOnlyList<CircuitModel> All => s_all;

    /// <summary>Finds a model by its name.</summary>
    /// <param name="name">Name in network files.</param>
    /// <returns>The model, or null.</returns>
    public static CircuitModel? Find(string? name)
        => Array.Find(s_all, m => string.Equals(m.Name, name, StringComparison.Ordinal));
}
