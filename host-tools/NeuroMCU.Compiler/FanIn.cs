// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;

namespace NeuroMCU.Compiler;

/// <summary>
/// What arrives at the neurons of a population when every synapse delivers at the same time, in the weight unit of the file: the
/// largest sum that one volley can make.
/// </summary>
internal sealed class FanIn
{
    private readonly Dictionary<(int Receptor, bool Negative), double[]> _sums = [];
    private readonly List<Projection> _projections;

    private FanIn(Network network, Population population)
    {
        _projections = network.Projections.Where(p => p.Target.Index == population.Index).ToList();
        foreach (Projection projection in _projections)
        {
            int receptor = ReceptorOf(projection);
            foreach (Connection connection in projection.Connections)
            {
                (int, bool) key = (receptor, connection.Weight < 0);
                if (!_sums.TryGetValue(key, out double[]? sums))
                {
                    sums = new double[population.Size];
                    _sums.Add(key, sums);
                }

                sums[connection.Post] += Math.Abs(connection.Weight);
            }
        }
    }

    /// <summary>Adds up the synapses of a population.</summary>
    /// <returns>The sums.</returns>
    public static FanIn Of(Network network, Population population) => new FanIn(network, population);

    /// <summary>The projection that brings most onto one neuron; null when there is none.</summary>
    public Projection? Heaviest => _projections.MaxBy(p => p.Connections.GroupBy(c => c.Post).Select(g => g.Sum(c => Math.Abs(c.Weight)))
        .DefaultIfEmpty(0).Max());

    /// <summary>Largest sum of one sign onto one neuron.</summary>
    /// <param name="receptor">0 for excitation, 1 for inhibition of exponential synapses; the receptor of circuits, −1 for none; 0 for
    /// delta synapses.</param>
    /// <param name="negative">Whether the negative weights are added up.</param>
    /// <returns>The magnitude of the sum.</returns>
    public double Largest(int receptor, bool negative)
        => _sums.TryGetValue((receptor, negative), out double[]? sums) ? sums.Max() : 0;

    private static int ReceptorOf(Projection projection)
    {
        if (projection.Target.IsCircuit)
        {
            return projection.ReceptorIndex;
        }

        return projection.Receptor == Receptor.Inhibitory && projection.Target.HasExponentialSynapses ? 1 : 0;
    }
}
