// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Sites;

/// <summary>What a population on a board is to the whole network.</summary>
internal enum PartRole
{
    /// <summary>The neurons live here.</summary>
    Home,

    /// <summary>Source neurons that fire here by themselves as they do at home, so that no spike has to come over the wire.</summary>
    Copy,

    /// <summary>Stand-ins of neurons of another board: they fire when a spike comes over the wire.</summary>
    Remote,
}

/// <summary>A population on a board, with its neurons in the whole network.</summary>
/// <param name="Population">The population of the part.</param>
/// <param name="Whole">The population of the whole network that its neurons belong to.</param>
/// <param name="Members">Index in <paramref name="Whole" /> of each neuron, ascending.</param>
/// <param name="Role">What it is to the whole.</param>
/// <param name="From">Number of the site where the neurons of a <see cref="PartRole.Remote" /> population live; else that of its
/// own.</param>
internal sealed record PartPopulation(Population Population, Population Whole, int[] Members, PartRole Role, int From)
{
    /// <summary>Makes a population of some neurons of another one.</summary>
    /// <param name="whole">Where they are from.</param>
    /// <param name="name">Name in the part.</param>
    /// <param name="index">Position among the populations of the part.</param>
    /// <param name="first">Index of its first neuron in the part.</param>
    /// <returns>The population with its neurons.</returns>
    public static PartPopulation Of(Population whole, string name, int index, int first, int[] members, PartRole role, int from)
    {
        bool remote = role == PartRole.Remote;
        bool all = members.Length == whole.Size;
        Population part = remote ? new Population
        {
            Name = name,
            Index = index,
            FirstNeuron = first,
            Size = members.Length,
            MembraneUnit = "1",
            Update = UpdateScheme.Event,
            Location = whole.Location,
        }
        : new Population
        {
            Name = name,
            Index = index,
            FirstNeuron = first,
            Size = members.Length,
            MembraneUnit = whole.MembraneUnit,
            Update = whole.Update,
            Lif = all ? whole.Lif : whole.Lif?.Part(members),
            Circuit = whole.Circuit,
            Parameters = whole.Parameters.ToDictionary(p => p.Key, p => p.Value.Of(members), StringComparer.Ordinal),
            Receptors = whole.Receptors,
            Channels = whole.Channels.Count == 0 ? [] : [.. members.Select(m => whole.Channels[m])],
            ChannelsLocation = whole.ChannelsLocation,
            Equations = all ? whole.Equations : whole.Equations?.Part(members),
            Positions = whole.Positions.Count == 0 ? [] : [.. members.Select(m => whole.Positions[m])],
            Recorded = whole.Recorded && role == PartRole.Home,
            Location = whole.Location,
        };
        return new PartPopulation(part, whole, members, role, from);
    }
}
