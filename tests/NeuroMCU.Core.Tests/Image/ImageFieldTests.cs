// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Tests.Support;
using NeuroMCU.Models;

namespace NeuroMCU.Core.Tests.Image;

/// <summary>Every number of an image against the range that docs/reference/image.md gives it.</summary>
public sealed class ImageFieldTests
{
    public static TheoryData<int> Seeds => [1, 2, 3, 4, 5, 6, 7, 8];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void OneBeyondItsRange_IsRefused_WithItsErrorAndItsPlace(int seed)
    {
        byte[] image = ImageWriter.Write(FullNetwork.Make(seed));
        int tried = 0;
        foreach (ImageField field in ImageFields.Of(image))
        {
            foreach ((long value, int code) in new[] { (field.Min - 1, field.Below), (field.Max + 1, field.Above) })
            {
                byte[] copy = (byte[])image.Clone();
                if (!field.Put(copy, value))
                {
                    continue;
                }

                tried++;
                FullNetwork.Seal(copy);
                ImageException? error = Record.Exception(() => ImageReader.Read(copy, 0, copy.Length, ModelList.All)) as ImageException;
                Assert.True(error is not null, $"{field}: {value} was accepted");
                Assert.True((error.Code, error.Offset) == (code, field.Offset),
                    $"{field}: {value} gave error {error.Code} at {error.Offset}, not {code}");
            }
        }

        Assert.True(tried > 300, $"{tried} values");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void TheEndsOfItsRange_AreRead(int seed)
    {
        byte[] image = ImageWriter.Write(FullNetwork.Make(seed));
        foreach (ImageField field in ImageFields.Of(image).Where(f => f.Free))
        {
            foreach (long value in new[] { field.Min, field.Max })
            {
                byte[] copy = (byte[])image.Clone();
                Assert.True(field.Put(copy, value));
                FullNetwork.Seal(copy);
                Exception? error = Record.Exception(() => ImageReader.Read(copy, 0, copy.Length, ModelList.All));
                Assert.True(error is null,
                    $"{field}: {value} was refused with error {(error as ImageException)?.Code} at {(error as ImageException)?.Offset}");
            }
        }
    }

    /// <summary>A sealed image of a few kilobytes that promises millions of items must not take a device's memory before it is
    /// refused.</summary>
    [Fact]
    public void ACountIsCheckedBeforeAnythingIsAllocatedForIt()
    {
        byte[] image = ImageWriter.Write(FullNetwork.Make(3));
        List<ImageField> counts = [.. ImageFields.Of(image).Where(f => f.Counts)];
        Assert.True(counts.Count > 60, $"{counts.Count} counts");
        long whole = Taken(image, out Exception? none);
        Assert.Null(none);
        foreach (ImageField field in counts)
        {
            foreach (long value in new[] { int.MaxValue, int.MaxValue / 4, 50_000_000, 1_000_000, 65_535, field.Max,
                Math.Min(field.Max, 4096) })
            {
                byte[] copy = (byte[])image.Clone();
                if (!field.Put(copy, value) || field.Get(image) == value)
                {
                    continue;
                }

                FullNetwork.Seal(copy);
                long taken = Taken(copy, out Exception? error);
                Assert.True(error is ImageException, $"{field}: {value} gave {error?.GetType().Name ?? "a network"}");
                Assert.True(taken < whole + 8000, $"{field}: {value} took {taken} bytes, the whole image takes {whole}");
            }
        }
    }

    /// <summary>A population that says it has thousands of neurons of their own parameters, in an image of a few hundred bytes.</summary>
    [Fact]
    public void AListIsCheckedBeforeAnythingIsAllocatedForIt()
    {
        PopulationTable byEvents = Build.EventLif(2);
        byEvents.LeakRate = [byEvents.LeakRate[0], byEvents.LeakRate[0]];
        PopulationTable bySteps = Build.ClockedLif(2);
        bySteps.MembraneDecay = [bySteps.MembraneDecay[0], bySteps.MembraneDecay[0]];
        foreach (PopulationTable population in new[] { byEvents, bySteps })
        {
            byte[] image = ImageWriter.Write(Capacities(new NetworkTables { Populations = [population] }));
            long whole = Taken(image, out _);
            Assert.True(ImageFields.Of(image).First(f => f.Name == "size").Put(image, 4096));
            FullNetwork.Seal(image);
            long taken = Taken(image, out Exception? error);
            Assert.Equal(ImageError.Count, (error as ImageException)?.Code);
            Assert.True(taken < whole + 8000, $"{taken} bytes, the whole image takes {whole}");
        }
    }

    /// <summary>Two rows of a projection: as many synapses as one may have and one more, and all of them in the first.</summary>
    [Fact]
    public void ARowOfMoreSynapsesThanThePageAllows_IsRefusedAtItsEnd()
    {
        const int most = 32_767;
        ProjectionTable rows = Build.Project(0, 1, 2, Enumerable.Range(0, most + 1).Select(k => (k / most, 0, 1, 1)));
        byte[] image =
            ImageWriter.Write(Capacities(new NetworkTables { Populations = [Build.Source(2), Build.EventLif(1)], Projections = [rows] }));
        byte[] ends = [.. BitConverter.GetBytes(0), .. BitConverter.GetBytes(most), .. BitConverter.GetBytes(most + 1)];
        int at = image.AsSpan().IndexOf(ends) + 4;
        Assert.True(at > 4);
        BitConverter.GetBytes(most + 1).CopyTo(image, at);
        FullNetwork.Seal(image);
        ImageException error = Assert.Throws<ImageException>(() => ImageReader.Read(image, 0, image.Length, ModelList.All));
        Assert.Equal((ImageError.Count, at), (error.Code, error.Offset));
    }

    /// <summary>The most of everything that the page allows, and one more.</summary>
    [Fact]
    public void AsManyItemsAsThePageAllowsAreRead_AndNotOneMore()
    {
        Limit(255, n => new NetworkTables { Populations = Many(n, () => Build.Source(1)) });
        Limit(255, n => WithProjections(Many(n, () => Build.Project(0, 1, 1, [(0, 0, 1, 1)]))));
        Limit(32_767, n => WithProjections([Build.Project(0, 1, 1, Enumerable.Range(0, n).Select(_ => (0, 0, 1, 1)))]));
        Limit(4096, n => Small(t => t.PoissonSources = Many(n, () => new PoissonTable { Count = 1, MeanInterval = 1, Stop = 1 })));
        Limit(255, n => Small(t => t.Drives = Many(n, () => new DriveTable { Population = 1, Count = 1, Stop = 1 })));
        Limit(255, n => Small(t => t.Traces = Many(n, () => new TraceTable { Neuron = 1, Interval = 1 })));
        Limit(255, n => Small(t => t.Readouts = Many(n, () => new ReadoutTable { Populations = [0], Values = [0], Parameters = [] })));
        Limit(255, n => Small(t => t.Hearing = Many(n, () => new HearingTable { SampleRate = 1, Parameters = [] })));
        Limit(255, n => Small(t => t.Outputs = Many(n, () => new OutputTable { Source = OutputSource.Neuron })));
        Limit(64, n => Small(t => t.Channels = Many(n, () => new ChannelTable { Currents = [0, 1], Codes = [0, 0] })));
        Limit(4096, n => Small(t => t.Hearing = [new HearingTable { SampleRate = 1, Parameters = new int[n] }]));
        Limit(8192, n => Small(t => t.Readouts = [Direction(new int[n], 1)]));
        Limit(255, n => Small(t => t.Readouts = [Direction([], n)]));
        Limit(32_767,
            n => new NetworkTables { Populations = [.. Many(n / 4096, () => Build.Source(4096)), Build.Source(Math.Max(n % 4096, 1))] });
        Limit(4096, n => Small(t =>
        {
            t.Populations = [Build.Source(2049)];
            t.PoissonSources = [Trains(2049), Trains(n - 2049)];
        }));
    }

    [Fact]
    public void WhatLiesBetweenSectionsAndItems_IsRefused()
    {
        // Each section is told one item less and one item more than it holds.
        byte[] image = ImageWriter.Write(FullNetwork.Make(3));
        for (int section = 1; section <= ImageLayout.SectionCount; section++)
        {
            int at = ImageLayout.SectionTableOffset + ((section - 1) * ImageLayout.SectionEntryLength) + 12;

            // The symbols' padding can pass as one more symbol, but not as four.
            foreach (int change in section == ImageLayout.Symbols ? new[] { -1, 4 } : [-1, 1, 4])
            {
                byte[] copy = (byte[])image.Clone();
                BitConverter.GetBytes(BitConverter.ToInt32(copy, at) + change).CopyTo(copy, at);
                FullNetwork.Seal(copy);
                Assert.Throws<ImageException>(() => ImageReader.Read(copy, 0, copy.Length, ModelList.All));
            }
        }
    }

    private static long Taken(byte[] image, out Exception? error)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        error = Record.Exception(() => ImageReader.Read(image, 0, image.Length, ModelList.All));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Limit(int most, Func<int, NetworkTables> make)
    {
        NetworkTables tables = Capacities(make(most));
        byte[] image = ImageWriter.Write(tables);
        Assert.Equivalent(tables, ImageReader.Read(image, 0, image.Length, ModelList.All), strict: true);
        Assert.Throws<ImageException>(() => ImageWriter.Write(Capacities(make(most + 1))));
    }

    private static NetworkTables Capacities(NetworkTables tables)
    {
        tables.Step = 100;
        tables.QueueCapacity = tables.SpikeCapacity = 1;
        return tables;
    }

    private static NetworkTables Small(Action<NetworkTables> add)
    {
        NetworkTables tables = new() { Populations = [Build.Source(1), Build.EventLif(1)] };
        add(tables);
        return tables;
    }

    private static NetworkTables WithProjections(ProjectionTable[] projections) => Small(t => t.Projections = projections);

    private static ReadoutTable Direction(int[] parameters, int populations) =>
        new() { Kind = ReadoutKind.Direction, Populations = new int[populations], Values = [], Parameters = parameters };

    private static PoissonTable Trains(int count) => new() { Count = count, MeanInterval = 1, Stop = 1 };

    private static T[] Many<T>(int count, Func<T> make) => [.. Enumerable.Range(0, count).Select(_ => make())];
}
