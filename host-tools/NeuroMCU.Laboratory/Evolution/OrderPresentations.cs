// NeuroMCU, MIT licence. See LICENSE in the repository root.

using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.VirtualBench.Nodes;

namespace NeuroMCU.Laboratory.Evolution;

/// <summary>
/// The second task: in which order the first three of four channels fired, 40 ms apart with 8 ms of jitter; the last is always the same. 20
/// ms after it a volatile node of each channel is read, which has leaked with 100 ms since its pulse. Rows are the readings and what is
/// missing to 1. Counts say nothing: each channel fires once.
/// </summary>
public sealed class OrderPresentations
{
    /// <summary>Orders of three channels.</summary>
    public const int Orders = 6;

    private const int Channels = 4;
    private const double Apart = 0.040;
    private const double Jitter = 0.008;
    private const double Wait = 0.020;
    private const double Silence = 2;
    private const int ChargeMillivolts = 3300;
    private const int ChargeMicroseconds = 5000;
    private const int Microamperes = 10000;
    private const int Full = 65536;

    // Readings in millionths that become 0 and 1: the oldest pulse has left less than the one, the newest no more than the other.
    private const int Least = 200_000;
    private const int Most = 650_000;

    private static readonly int[][] s_orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

    private readonly NodeSpecimen _reservoir;
    private readonly MersenneTwister _random;

    /// <summary>Takes a specimen of four volatile nodes.</summary>
    /// <param name="seed">Which specimen, and which times.</param>
    public OrderPresentations(int seed)
    {
        IReadOnlyDictionary<string, double> parts = NodeLaws.Parts(NodeLaws.Leaky);
        NodeArrayPlan plan = new() { Rows = Channels, Columns = 1, Law = NodeLaws.Leaky, Parameters = parts };
        BoardNodes limits = new() { Rows = Channels, Columns = 1, FullScale = (int)Math.Round(parts["G_max"] * 1e12) };
        _reservoir = new NodeSpecimen(new VirtualNodeArray(plan, seed), limits);
        _random = new MersenneTwister(seed);
    }

    /// <summary>Lets the channels fire and reads their nodes.</summary>
    /// <param name="order">Number of the order, 0 to 5.</param>
    /// <param name="counts">True for what a counter of spikes would give to the rows instead.</param>
    /// <returns>What the array is shown.</returns>
    public Presentation Next(int order, bool counts)
    {
        double start = _reservoir.Time + Silence;
        int[] inputs = new int[2 * Channels];
        int[] fired = new int[Channels];
        for (int k = 0; k < Channels; k++)
        {
            int channel = k == Channels - 1 ? Channels - 1 : s_orders[order][k];
            double time = start + (k * Apart) + (k == Channels - 1 ? 0 : Normal.Sample(_random, 0, Jitter));
            _reservoir.Time = Math.Max(_reservoir.Time, time);
            _reservoir.Pulse(channel, ChargeMillivolts, ChargeMicroseconds, Microamperes);
            fired[channel]++;
        }

        _reservoir.Time = Math.Max(_reservoir.Time, start + ((Channels - 1) * Apart) + Wait);
        for (int channel = 0; channel < Channels; channel++)
        {
            int x = counts ? Full * fired[channel]
                : Math.Clamp((int)((_reservoir.Read(channel) - Least) * (long)Full / (Most - Least)), 0, Full);
            inputs[channel] = x;
            inputs[Channels + channel] = Full - x;
        }

        return new Presentation("order " + order.ToString(System.Globalization.CultureInfo.InvariantCulture), inputs, order);
    }
}
