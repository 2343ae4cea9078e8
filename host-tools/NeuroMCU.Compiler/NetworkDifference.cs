// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Models;

namespace NeuroMCU.Compiler;

/// <summary>
/// What has to change in a network that a device runs to make another one of it, when nothing but rates, amplitudes, parameters of
/// populations and weights differ. Whether the device takes each of them is for the device to say.
/// </summary>
public sealed class NetworkDifference
{
    private const int Interval = 0;
    private const int Amplitude = 1;
    private const int Parameter = 2;

    private NetworkDifference(IReadOnlyList<LiveChange> changes, IReadOnlyList<(int Projection, short[] Weights)> weights)
    {
        Changes = changes;
        Weights = weights;
    }

    /// <summary>Numbers that differ.</summary>
    public IReadOnlyList<LiveChange> Changes { get; }

    /// <summary>All weights of the projections whose weights differ, in units of the scale that the device has.</summary>
    public IReadOnlyList<(int Projection, short[] Weights)> Weights { get; }

    /// <summary>Compares two networks.</summary>
    /// <param name="running">The one that the device runs.</param>
    /// <param name="wanted">The one that it is to become; queues may be of other sizes.</param>
    /// <returns>The difference; null when they differ in anything else, or a weight is beyond what the device's scale reaches.</returns>
    public static NetworkDifference? Between(NetworkTables running, NetworkTables wanted)
    {
        ArgumentNullException.ThrowIfNull(running);
        ArgumentNullException.ThrowIfNull(wanted);
        byte[] image = ImageWriter.Write(wanted);
        NetworkTables same = ImageReader.Read(image, 0, image.Length, ModelList.All);
        if (same.Populations.Length != running.Populations.Length || same.Projections.Length != running.Projections.Length
            || same.PoissonSources.Length != running.PoissonSources.Length || same.Drives.Length != running.Drives.Length)
        {
            return null;
        }

        // What may differ is taken out of the copy; the rest must be the same image.
        List<LiveChange> changes = [];
        List<(int, short[])> weights = [];
        same.QueueCapacity = running.QueueCapacity;
        same.SpikeCapacity = running.SpikeCapacity;
        for (int k = 0; k < same.PoissonSources.Length; k++)
        {
            Note(changes, Interval, k, running.PoissonSources[k].MeanInterval, same.PoissonSources[k].MeanInterval);
            same.PoissonSources[k].MeanInterval = running.PoissonSources[k].MeanInterval;
        }

        for (int k = 0; k < same.Drives.Length; k++)
        {
            Note(changes, Amplitude, k, running.Drives[k].Amplitude, same.Drives[k].Amplitude);
            same.Drives[k].Amplitude = running.Drives[k].Amplitude;
        }

        for (int p = 0; p < same.Populations.Length; p++)
        {
            Compare(running.Populations[p], same.Populations[p], p, changes);
        }

        for (int p = 0; p < same.Projections.Length; p++)
        {
            ProjectionTable from = running.Projections[p];
            ProjectionTable to = same.Projections[p];
            if (from.Weights.Length != to.Weights.Length)
            {
                return null;
            }

            if (from.WeightScale != to.WeightScale || !from.Weights.AsSpan().SequenceEqual(to.Weights))
            {
                if (Rescaled(to, from.WeightScale) is not { } rescaled)
                {
                    return null;
                }

                weights.Add((p, rescaled));
                to.WeightScale = from.WeightScale;
                to.Weights = from.Weights;
            }
        }

        return ImageWriter.Write(running).AsSpan().SequenceEqual(ImageWriter.Write(same)) ? new NetworkDifference(changes, weights) : null;
    }

    /// <summary>Writes the difference into the tables of the network that runs, after the device has taken it.</summary>
    /// <param name="running">Its tables.</param>
    public void ApplyTo(NetworkTables running)
    {
        ArgumentNullException.ThrowIfNull(running);
        foreach (LiveChange change in Changes)
        {
            switch (change.Kind)
            {
                case Interval:
                    running.PoissonSources[change.Table].MeanInterval = (int)change.Value;
                    break;
                case Amplitude:
                    running.Drives[change.Table].Amplitude = (int)change.Value;
                    break;
                default:
                    PopulationTable population = running.Populations[change.Table];
                    if (population.Program is { } program)
                    {
                        program.Start[change.Parameter][change.Place] = (int)change.Value;
                    }
                    else
                    {
                        population.Parameters[change.Parameter][change.Place] = change.Value;
                    }

                    break;
            }
        }

        foreach ((int projection, short[] weights) in Weights)
        {
            weights.CopyTo(running.Projections[projection].Weights.AsSpan());
        }
    }

    private static void Note(List<LiveChange> changes, int kind, int table, long from, long to)
    {
        if (from != to)
        {
            changes.Add(new LiveChange(kind, table, 0, 0, to));
        }
    }

    private static void Compare(PopulationTable from, PopulationTable to, int population, List<LiveChange> changes)
    {
        if (from.Program is { } running && to.Program is { } wanted)
        {
            int drive = running.Drive;
            if (drive >= 0 && drive == wanted.Drive && running.Start[drive].Length == wanted.Start[drive].Length)
            {
                for (int i = 0; i < running.Start[drive].Length; i++)
                {
                    if (running.Start[drive][i] != wanted.Start[drive][i])
                    {
                        changes.Add(new LiveChange(Parameter, population, drive, i, wanted.Start[drive][i]));
                        wanted.Start[drive][i] = running.Start[drive][i];
                    }
                }
            }

            return;
        }

        for (int k = 0; k < Math.Min(from.Parameters.Length, to.Parameters.Length); k++)
        {
            for (int i = 0; from.Parameters[k].Length == to.Parameters[k].Length && i < from.Parameters[k].Length; i++)
            {
                if (from.Parameters[k][i] != to.Parameters[k][i])
                {
                    changes.Add(new LiveChange(Parameter, population, k, i, to.Parameters[k][i]));
                    to.Parameters[k][i] = from.Parameters[k][i];
                }
            }
        }
    }

    private static short[]? Rescaled(ProjectionTable projection, int scale)
    {
        short[] weights = new short[projection.Weights.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            double weight = Math.Round(projection.Weights[i] * (double)projection.WeightScale / scale, MidpointRounding.AwayFromZero);
            if (Math.Abs(weight) > Formats.MaxWeight)
            {
                return null;
            }

            weights[i] = (short)weight;
        }

        return weights;
    }
}
