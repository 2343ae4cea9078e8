// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Core.Tests.Support;
using NeuroMCU.Models;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Core.Tests.Image;

public sealed class ImageTests
{
    [Fact]
    public void WhatIsWrittenIsReadBack()
    {
        for (int seed = 1; seed < 100; seed++)
        {
            NetworkTables tables = FullNetwork.Make(seed);
            byte[] image = ImageWriter.Write(tables);
            NetworkTables read = ImageReader.Read(image, 0, image.Length, ModelList.All);
            Assert.Equivalent(tables, read, strict: true);
            Assert.Equal(image, ImageWriter.Write(read));
        }
    }

    [Fact]
    public void AnImageMayLieAnywhereInAnArray()
    {
        byte[] image = ImageWriter.Write(FullNetwork.Make(1));
        byte[] larger = new byte[image.Length + 30];
        image.CopyTo(larger, 13);
        Assert.Equivalent(FullNetwork.Make(1), ImageReader.Read(larger, 13, image.Length, ModelList.All), strict: true);
    }

    [Fact]
    public void EverySingleChangedByteIsFound()
    {
        byte[] image = ImageWriter.Write(FullNetwork.Make(3));
        for (int i = 0; i < image.Length; i++)
        {
            foreach (int change in new[] { 1, 0x80, 0xFF, (i * 37 % 255) + 1 })
            {
                image[i] ^= (byte)change;
                Assert.Throws<ImageException>(() => ImageReader.Read(image, 0, image.Length, ModelList.All));
                Assert.Throws<ImageException>(() => ImageHeader.Peek(image, 0, image.Length));
                image[i] ^= (byte)change;
            }
        }
    }

    [Fact]
    public void EveryLengthButTheRightOneIsRefused()
    {
        byte[] image = ImageWriter.Write(FullNetwork.Make(3));
        for (int length = 0; length < image.Length; length++)
        {
            Assert.Throws<ImageException>(() => ImageReader.Read(image, 0, length, ModelList.All));
        }

        byte[] longer = new byte[image.Length + 4];
        image.CopyTo(longer, 0);
        Assert.Equal(ImageError.Length,
            Assert.Throws<ImageException>(() => ImageReader.Read(longer, 0, longer.Length, ModelList.All)).Code);
    }

    [Fact]
    public void SealedNonsenseNeverDoesMoreThanThrowAnImageException()
    {
        // Fields are overwritten with values that hurt and the CRC is made right again: the reader refuses, or the engine runs.
        Random random = new(99);
        int accepted = 0;
        int rounds = Effort.Of(20000);
        for (int round = 0; round < rounds; round++)
        {
            byte[] image = ImageWriter.Write(FullNetwork.Make(random.Next(1, 12)));
            for (int k = random.Next(1, 4); k > 0; k--)
            {
                Overwrite(random, image);
            }

            FullNetwork.Seal(image);
            NetworkTables tables;
            try
            {
                tables = ImageReader.Read(image, 0, image.Length, ModelList.All);
                ImageHeader.Peek(image, 0, image.Length);
            }
            catch (ImageException e)
            {
                Assert.InRange(e.Code, ImageError.Truncated, ImageError.Shape);
                Assert.InRange(e.Offset, 0, image.Length);
                continue;
            }

            accepted++;
            tables.SpikeCapacity = Math.Min(tables.SpikeCapacity, 1000);
            NetworkEngine engine = new(tables);
            engine.Advance(3000, 3000);
        }

        Assert.InRange(accepted, rounds / 200, rounds * 95 / 100);
    }

    [Fact]
    public void AnErrorSaysWhatIsWrongAndWhere()
    {
        byte[] image = ImageWriter.Write(FullNetwork.Make(3));
        Expect(image, 0, 'X', ImageError.Magic, 0, seal: false);
        Expect(image, ImageLayout.VersionOffset, 1, ImageError.Version, ImageLayout.VersionOffset, seal: false);
        Expect(image, ImageLayout.LengthOffset, 0xFF, ImageError.Length, ImageLayout.LengthOffset, seal: false);
        Expect(image, 300, 0xEE, ImageError.Checksum, image.Length - 4, seal: false);
        Expect(image, ImageLayout.StepOffset, 1, ImageError.Range, ImageLayout.StepOffset, seal: true, wide: true);
        Expect(image, ImageLayout.SectionTableOffset, 2, ImageError.Section, ImageLayout.SectionTableOffset, seal: true);
        Expect(image, ImageLayout.SectionTableOffset + 12, 200, ImageError.Count, ImageLayout.SectionTableOffset + 12, seal: true);
        Expect(image, ImageLayout.FirstSectionOffset, 9, ImageError.Range, ImageLayout.FirstSectionOffset, seal: true);
        Expect(image, ImageLayout.NeuronsOffset, 1, ImageError.Count, ImageLayout.NeuronsOffset, seal: true);
    }

    [Fact]
    public void TheHeaderIsReadWithoutLoading()
    {
        NetworkTables tables = FullNetwork.Make(3);
        byte[] image = ImageWriter.Write(tables);
        ImageHeader header = ImageHeader.Peek(image, 0, image.Length);
        Assert.Equal(image.Length, header.Length);
        Assert.Equal(tables.BoardId, header.BoardId);
        Assert.Equal(tables.Populations.Length, header.Populations);
        Assert.Equal(TableShape.Neurons(tables), header.Neurons);
        Assert.Equal(TableShape.Synapses(tables), header.Synapses);
        Assert.Equal(DeviceMemory.Estimate(tables), header.HeapBytes);
        Assert.Equal("räuber", Encoding.UTF8.GetString(image, header.NameOffset, header.NameLength));
    }

    [Fact]
    public void InconsistentTablesAreNeitherWrittenNorRun()
    {
        Refuse(t => t.Populations[1].Threshold = [1, 2], ImageError.Shape);
        Refuse(t => t.Projections[0].RowStart[1] = 1000000, ImageError.Index);
        Refuse(t => t.Projections[0].Synapses[0] |= 4095, ImageError.Index);
        Refuse(t => t.Projections[0].Weights = [], ImageError.Shape);
        Refuse(t => t.SpikeSources = [], ImageError.Shape);
        Refuse(t => t.QueueCapacity = 0, ImageError.Range);
        Refuse(t => t.Traces[0].Neuron = 30000, ImageError.Index);
        Refuse(t => Cells(t).Parameters = [.. Cells(t).Parameters[..^1]], ImageError.Shape);
        Refuse(t => Cells(t).Parameters[Thyristor.Ramp] = [1, 2, 3], ImageError.Shape);
        Refuse(t => Cells(t).Parameters[Thyristor.LeakRate] = [0], ImageError.Range);
        Refuse(t => Cells(t).Parameters[Thyristor.Initial] = Cells(t).Parameters[Thyristor.Threshold], ImageError.Range);
        Refuse(t => Cells(t).Update = UpdateKind.Clocked, ImageError.Range);
        Refuse(t => t.Projections[^1].Receptor = Formats.DeltaReceptor, ImageError.Range);
        Refuse(t => t.Projections[^1].Receptor = 1, ImageError.Range);
        Refuse(t => t.Populations[^1].Channels = [1], ImageError.Shape);
        Refuse(t => t.Populations[^1].Receptors[0].Stages = 3, ImageError.Range);
        Refuse(t => t.Channels[0].Codes = [0], ImageError.Shape);
    }

    private static PopulationTable Cells(NetworkTables tables) => tables.Populations[^4];

    private static void Refuse(Action<NetworkTables> spoil, int code)
    {
        NetworkTables tables = FullNetwork.Make(3);
        spoil(tables);
        Assert.Equal(code, Assert.Throws<ImageException>(() => new NetworkEngine(tables)).Code);
        Assert.Equal(code, Assert.Throws<ImageException>(() => ImageWriter.Write(tables)).Code);
    }

    private static void Expect(byte[] image, int offset, int value, int code, int where, bool seal, bool wide = false)
    {
        byte[] copy = (byte[])image.Clone();
        copy[offset] = (byte)value;
        if (wide)
        {
            copy[offset + 1] = copy[offset + 2] = copy[offset + 3] = 0;
        }

        if (seal)
        {
            FullNetwork.Seal(copy);
        }

        ImageException error = Assert.Throws<ImageException>(() => ImageReader.Read(copy, 0, copy.Length, ModelList.All));
        Assert.Equal((code, where), (error.Code, error.Offset));
    }

    private static void Overwrite(Random random, byte[] image)
    {
        int length = image.Length - ImageLayout.ChecksumLength;
        int at = random.Next(6, length - 4);
        switch (random.Next(4))
        {
            case 0:
                image[at] = (byte)random.Next(256);
                break;
            case 1:
                image[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                int[] hurting = [0, -1, 1, int.MaxValue, int.MinValue, 65535, 32768, 4096];
                BitConverter.GetBytes(hurting[random.Next(hurting.Length)]).CopyTo(image, at & ~3);
                break;
            default:
                BitConverter.GetBytes((short)random.Next(-5, 40)).CopyTo(image, at & ~1);
                break;
        }
    }
}
