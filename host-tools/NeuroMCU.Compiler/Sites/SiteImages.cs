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

    /// <summary>The whole network with the weights that the boards hold, and the delays of the file.</summary>
    /// <returns>The network.</returns>
    public Network WithRoundedWeights()
    {
        Connection[][] connections = [.. Split.Whole.Projections.Select(p => p.Connections.ToArray())];
        for (int s = 0; s < Boards.Count; s++)
        {
            foreach ((Projection own, Projection device) in Split.Parts[s].Network.Projections.Zip(
                Boards[s]?.WithRoundedWeights().Projections ?? []))
            {
                // As the device has them.
                int[] order = [.. Enumerable.Range(0, own.Connections.Count).OrderBy(k => own.Connections[k].Pre)
                    .ThenBy(k => own.Connections[k].Delay).ThenBy(k => own.Connections[k].Post)];
                for (int k = 0; k < order.Length; k++)
                {
                    ref Connection whole = ref connections[own.Whole!.Index][own.Places[order[k]]];
                    whole = whole with { Weight = device.Connections[k].Weight };
                }
            }
        }

        return Split.Whole with { Projections = [.. Split.Whole.Projections.Select((p, k) => p with { Connections = connections[k] })] };
    }
}
