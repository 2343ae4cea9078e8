// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Tests.Support;
using NeuroMCU.Models;
using NeuroMCU.Models.Machine;

namespace NeuroMCU.Core.Tests.Machine;

/// <summary>Images with the right CRC and any program in them: they are refused, or run without leaving their arrays.</summary>
public sealed class HostileProgramTests
{
    private readonly ITestOutputHelper _output;

    /// <summary>Initializes a new instance of the <see cref="HostileProgramTests" /> class.</summary>
    /// <param name="output">Where figures of a long run go.</param>
    public HostileProgramTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public void Random_words_are_refused_or_run()
    {
        Random random = new(7);
        int ran = 0;
        for (int i = 0; i < 4000; i++)
        {
            NetworkTables tables = Tables(random);
            VectorProgram program = tables.Populations[0].Program;
            program.Code = Code(random, i % 2 == 0 ? 0 : 1 + random.Next(3));
            ran += Try(tables) ? 1 : 0;
        }

        Assert.InRange(ran, 1500, 3900);
    }

    [Fact]
    public void Damaged_bytes_of_a_program_are_refused_or_run()
    {
        Random random = new(8);
        byte[] image = ImageWriter.Write(Tables(random));
        int refused = 0;
        for (int i = 0; i < 6000; i++)
        {
            byte[] damaged = (byte[])image.Clone();
            for (int k = 0; k <= random.Next(3); k++)
            {
                damaged[ImageLayout.FirstSectionOffset + random.Next(image.Length - ImageLayout.FirstSectionOffset - 4)] =
                    (byte)random.Next(256);
            }

            FullNetwork.Seal(damaged);
            try
            {
                new NetworkEngine(ImageReader.Read(damaged, 0, damaged.Length, ModelList.All)).Advance(500, 10000);
            }
            catch (ImageException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 500, 5900);
    }

    // Ten thousand by default; NEUROMCU_LONG_RUNS=1 makes it a million, with ten seeds of images.
    [Fact]
    public void No_image_leaves_its_arrays_hangs_or_takes_more_than_it_says()
    {
        bool isLong = Environment.GetEnvironmentVariable("NEUROMCU_LONG_RUNS") == "1";
        int images = isLong ? 1_000_000 : 10_000;
        (int ran, int refused, long most) = (0, 0, 0);
        Random random = new(11);
        byte[] image = ImageWriter.Write(Tables(random));
        byte[] damaged = new byte[image.Length];
        for (int i = 0; i < images; i++)
        {
            if (i % (images / 10) == 0)
            {
                image = ImageWriter.Write(Tables(random));
                damaged = new byte[image.Length];
            }

            image.CopyTo(damaged, 0);
            for (int k = random.Next(6); k >= 0; k--)
            {
                damaged[ImageLayout.FirstSectionOffset + random.Next(image.Length - ImageLayout.FirstSectionOffset - 4)] =
                    (byte)(random.Next(3) == 0 ? random.Next(256) : random.Next(31));
            }

            FullNetwork.Seal(damaged);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                NetworkTables tables = ImageReader.Read(damaged, 0, damaged.Length, ModelList.All);
                NetworkEngine engine = new(tables);
                long loaded = GC.GetAllocatedBytesForCurrentThread();
                engine.Advance(300, 10000);
                Assert.Equal(loaded, GC.GetAllocatedBytesForCurrentThread());
                Assert.InRange(loaded - before, 0, Stated(tables, damaged.Length));
                most = Math.Max(most, loaded - before);
                ran++;
            }
            catch (ImageException)
            {
                most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
                refused++;
            }
        }

        _output.WriteLine(FormattableString.Invariant($"{ran} ran, {refused} refused, the largest took {most} bytes"));
        Assert.Equal(images, ran + refused);
        Assert.InRange(ran, images / 20, images * 19 / 20);
    }

    [Theory]
    [InlineData(0, 99)]
    [InlineData(1, 99)]
    [InlineData(2, -1)]
    [InlineData(6, 63)]
    public void A_wrong_operand_is_refused_at_its_byte(int word, int value)
    {
        NetworkTables tables = Programs.Network([1, 2], [Operation.Linear1, 0, 1, 5, 0, 0, 3]);
        byte[] image = ImageWriter.Write(tables);
        int code = image.Length - Tail(image) - (7 * 4);
        BitConverter.GetBytes(value).CopyTo(image, code + (4 * word));
        FullNetwork.Seal(image);
        ImageException refused = Assert.Throws<ImageException>(() => ImageReader.Read(image, 0, image.Length, ModelList.All));
        Assert.Equal(ImageError.Range, refused.Code);
        Assert.Equal(code + (4 * word), refused.Offset);
    }

    // Registers and arrivals for each neuron, queue and record as the header says, the image's own numbers as arrays of objects.
    private static long Stated(NetworkTables tables, int image)
        => (tables.Populations.Sum(p => (p.Program == null ? 16L : p.Program.Start.Length + 8) * p.Size) * 8)
            + (32L * (tables.QueueCapacity + tables.SpikeCapacity)) + (16L * image) + 8192;

    // Bytes behind the populations: all further sections and the CRC.
    private static int Tail(byte[] image)
    {
        int second = BitConverter.ToInt32(image, ImageLayout.SectionTableOffset + ImageLayout.SectionEntryLength + 4);
        return image.Length - second;
    }

    private static bool Try(NetworkTables tables)
    {
        byte[] image;
        try
        {
            image = ImageWriter.Write(tables);
        }
        catch (ImageException)
        {
            return false;
        }

        new NetworkEngine(ImageReader.Read(image, 0, image.Length, ModelList.All)).Advance(500, 10000);
        return true;
    }

    private static NetworkTables Tables(Random random)
    {
        int[][] start = [.. Enumerable.Range(0, 6).Select(_ => new[] { Programs.Any(random) })];
        int[][] tables = [.. Enumerable.Range(0, 2).Select(_ => Enumerable.Range(0, 9).Select(_ => Programs.Any(random)).ToArray())];
        return Programs.Network(6, Code(random, 0), tables, start, 3);
    }

    // Instructions with operands that fit, and a number of words changed to anything.
    private static int[] Code(Random random, int wrong)
    {
        int[] code = [];
        for (int i = 0; i < 8; i++)
        {
            int operation = 1 + random.Next(Operation.Highest);
            int[] instruction = new int[Operation.Words(operation)];
            for (int k = 0; k < instruction.Length; k++)
            {
                instruction[k] = random.Next(2);
            }

            instruction[0] = operation;
            if (operation is >= Operation.Spike and <= Operation.SpikeAtEnd)
            {
                instruction[^1] = 0;
            }

            // Shifts of products begin at 1.
            if (operation == Operation.ProductAdvance)
            {
                instruction[7] = 1 + random.Next(62);
            }

            code = [.. code, .. instruction];
        }

        for (int i = 0; i < wrong; i++)
        {
            code[random.Next(code.Length)] = Programs.Any(random);
        }

        return code;
    }
}
