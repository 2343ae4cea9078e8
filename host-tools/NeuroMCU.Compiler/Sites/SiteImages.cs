// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;
using NeuroMCU.Networks.Sites;

namespace NeuroMCU.Compiler.Sites;

/// <summary>A network compiled for several boards.</summary>
/// <param name="Split">What runs where.</param>
/// <param name="Boards">The images, in the order of the sites; null for a board that has nothing to do.</param>
/// <param name="Placement">How the neurons came to their sites.</param>
/// <param name="Schemes">Update scheme of each population of the whole network.</param>
internal sealed record SiteImages(NetworkSplit Split, IReadOnlyList<CompiledNetwork?> Boards, Placement Placement,
    IReadOnlyList<UpdateScheme> Schemes)
{
    /// <summary>Step of clocked populations in µs, the same on all boards.</summary>
    public int Step => Split.Whole.Step;

    /// <summary>The whole network with the weights that the boards hold.</summary>
    /// <returns>The network.</returns>
    public Network WithRoundedWeights()
    {
        Dictionary<Projection, Projection> rounded = new(ReferenceEqualityComparer.Instance);
        Dictionary<Projection, List<Connection>> connections = new(ReferenceEqualityComparer.Instance);
        for (int s = 0; s < Boards.Count; s++)
        {
            if (Boards[s] is not { } board)
            {
                continue;
            }

            NetworkPart part = Split.Parts[s];
            foreach ((Projection own, Projection device) in part.Network.Projections.Zip(board.WithRoundedWeights().Projections))
            {
                int wire = part.Populations[own.Source.Index].Role == PartRole.Remote ? Split.Wire : 0;
                int[] sources = part.Populations[own.Source.Index].Members;
                int[] targets = part.Populations[own.Target.Index].Members;
                if (!connections.TryGetValue(own.Whole!, out List<Connection>? all))
                {
                    connections.Add(own.Whole!, all = []);
                }

                all.AddRange(device.Connections.Select(c => new Connection(sources[c.Pre], targets[c.Post], c.Weight, c.Delay + wire)));
            }
        }

        return Split.Whole with
        {
            Projections = [.. Split.Whole.Projections.Select(p => p with { Connections = connections.GetValueOrDefault(p) ?? [] })],
        };
    }
}
