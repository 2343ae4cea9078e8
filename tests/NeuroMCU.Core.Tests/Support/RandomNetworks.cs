// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Core.Tests.Support;

/// <summary>Networks at random that exercise every rule: both update schemes, delays from 0 to many milliseconds, bias, refractory
/// periods, resets, floors, drive.</summary>
internal static class RandomNetworks
{
    internal static NetworkTables Make(int seed, bool immediate = true)
    {
        Random random = new(seed);
        int sources = random.Next(1, 12);
        PopulationTable[] populations = new PopulationTable[random.Next(2, 5)];
        populations[0] = Build.Source(sources, recorded: true);
        for (int i = 1; i < populations.Length; i++)
        {
            populations[i] = Neurons(random, random.Next(1, 10));
        }

        List<ProjectionTable> projections = [];
        int count = random.Next(1, 6);
        for (int i = 0; i < count; i++)
        {
            int source = i == 0 ? 0 : random.Next(populations.Length);
            int target = random.Next(1, populations.Length);
            bool exponential = populations[target].IsExponential;

            // Immediate arrivals only from sources: loops without delay would never end.
            int shortest = source == 0 && immediate && random.Next(2) == 0 ? 0 : 1;
            int longest = shortest + random.Next(4) switch { 0 => 0, 1 => 20, 2 => 3000, _ => 60000 };
            projections.Add(Rows(random, source, target, populations[source].Size, populations[target].Size, shortest, longest, exponential
                ? random.Next(2) : 0));
        }

        NetworkTables tables = Build.Network(populations, projections.ToArray(), Spikes(random, sources));
        tables.Step = random.Next(2) == 0 ? 100 : 137;
        tables.PoissonSources = [new PoissonTable { First = 0, Count = sources, MeanInterval = random.Next(500, 5000), Seed = (uint)seed,
            Start = random.Next(1000), Stop = random.Next(2) == 0 ? int.MaxValue : 40000 }];
        AddDrives(random, tables);
        tables.Traces = [new TraceTable { Neuron = sources, Interval = random.Next(50, 3000) }];
        return tables;
    }

    private static PopulationTable Neurons(Random random, int size)
    {
        double tau = random.Next(3) switch { 0 => 300, 1 => 5000, _ => 20000 };
        double bias = random.Next(3) == 0 ? 1.3 : random.NextDouble() * 0.8;
        int refractory = random.Next(3) switch { 0 => 0, 1 => 250, _ => 2000 };
        bool subtract = random.Next(3) == 0;
        double floor = random.Next(2) == 0 ? -0.2 : -64;
        PopulationTable population = random.Next(3) switch
        {
            0 => Build.EventLif(size, tau, bias, refractory, 0.1, subtract, floor, 0.3),
            1 => Build.ClockedLif(size, tau, 100, bias, refractory, 0.1, subtract, floor, 0.3),
            _ => Build.ExponentialLif(size, tau, 3000, tau, 100, bias, refractory),
        };
        if (random.Next(3) == 0)
        {
            population.Threshold = Spread(random, size, 1, 1.5);
            population.Equilibrium = Spread(random, size, bias - 0.1, bias + 0.1);
            population.Floor = Spread(random, size, -0.4, -0.1);
            population.Initial = Spread(random, size, 0, 0.9);
            population.ResetValue = Spread(random, size, -0.1, 0.3);
            population.Refractory = new long[size];
            for (int i = 0; i < size; i++)
            {
                population.Refractory[i] = random.Next(0, 3000);
            }
        }

        return population;
    }

    private static long[] Spread(Random random, int size, double from, double to)
    {
        long[] values = new long[size];
        for (int i = 0; i < size; i++)
        {
            values[i] = Build.Q24(from + (random.NextDouble() * (to - from)));
        }

        return values;
    }

    private static ProjectionTable Rows(Random random, int source, int target, int rows, int targets, int shortest, int longest,
        int receptor)
    {
        List<(int, int, int, int)> synapses = [];
        for (int row = 0; row < rows; row++)
        {
            for (int k = random.Next(6); k > 0; k--)
            {
                synapses.Add((row, random.Next(targets), random.Next(shortest, longest + 1), random.Next(-3000, 6000)));
            }
        }

        return Build.Project(source, target, rows, synapses, 1024, receptor);
    }

    private static (int Time, int Neuron)[] Spikes(Random random, int sources)
    {
        (int, int)[] spikes = new (int, int)[random.Next(60)];
        for (int i = 0; i < spikes.Length; i++)
        {
            // Coarse times, so that many fall together with steps and with each other.
            spikes[i] = (random.Next(600) * 100, random.Next(sources));
        }

        return spikes;
    }

    private static void AddDrives(Random random, NetworkTables tables)
    {
        List<DriveTable> drives = [];
        for (int i = random.Next(4); i > 0; i--)
        {
            int population = random.Next(1, tables.Populations.Length);
            int size = tables.Populations[population].Size;
            int first = random.Next(2) == 0 ? 0 : random.Next(size);
            int start = random.Next(300) * 100;
            drives.Add(new DriveTable
            {
                Population = population,
                First = first,
                Count = first == 0 ? size : random.Next(1, size - first + 1),
                Amplitude = Build.Q24((random.NextDouble() * 2) - 0.7),
                Start = start,
                Stop = random.Next(3) == 0 ? int.MaxValue : start + random.Next(20000),
            });
        }

        tables.Drives = drives.ToArray();
    }
}
