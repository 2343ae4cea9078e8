// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Reflection;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Core.Tests.Support;
using NeuroMCU.Models;

namespace NeuroMCU.Core.Tests.Engine;

public sealed class DeviceMemoryTests
{
    [Fact]
    public void A128NeuronNetworkWith4096SynapsesFits48KilobytesOfTheDevicesHeap()
    {
        // 96 inputs onto 128 event-driven neurons that are connected among themselves: 4096 synapses with delays up to 16 ms.
        Random random = new(1);
        NetworkTables tables = Build.Network(
            [Build.Source(32), Build.EventLif(128, refractory: 2000)],
            [Rows(random, 0, 1, 32, 1024), Rows(random, 1, 1, 128, 3072)]);
        tables.QueueCapacity = 256;
        tables.SpikeCapacity = 256;
        int bytes = Count(Loaded(tables));
        Assert.InRange(bytes, 30000, 48 * 1024);
    }

    [Fact]
    public void TheEstimateCoversWhatIsCountedAndLittleMore()
    {
        for (int seed = 1; seed < 90; seed++)
        {
            // The last third holds every model, read-outs, a front end and channels; circuits are taken with room to spare.
            NetworkTables tables = seed < 60 ? RandomNetworks.Make(seed) : FullNetwork.Make(seed);
            tables.QueueCapacity = 100 + seed;
            tables.SpikeCapacity = 200 + seed;
            int counted = Count(Loaded(tables));
            int estimate = DeviceMemory.Estimate(tables);
            Assert.InRange(estimate, counted, counted + 1024 + (counted / (seed < 60 ? 50 : 20)));
        }
    }

    private static NetworkEngine Loaded(NetworkTables tables)
    {
        byte[] image = ImageWriter.Write(tables);
        return new NetworkEngine(ImageReader.Read(image, 0, image.Length, ModelList.All));
    }

    private static ProjectionTable Rows(Random random, int source, int target, int rows, int synapses)
    {
        List<(int, int, int, int)> list = [];
        for (int i = 0; i < synapses; i++)
        {
            list.Add((i * rows / synapses, random.Next(128), random.Next(500, 16000), random.Next(-100, 400)));
        }

        return Build.Project(source, target, rows, list);
    }

    // nanoFramework's heap in cells of 12 bytes: an object takes one cell and one for each field; an array 20 bytes and its elements,
    // rounded up to cells (an element of a class type is a cell). Static tables of the numerics count as well.
    private static int Count(NetworkEngine engine)
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        int bytes = Walk(engine, seen);
        foreach (FieldInfo field in typeof(Exponential).GetFields(BindingFlags.Static | BindingFlags.NonPublic))
        {
            bytes += field.IsLiteral ? 0 : Walk(field.GetValue(null), seen);
        }

        return bytes;
    }

    private static int Walk(object? value, HashSet<object> seen)
    {
        if (value is null || value.GetType().IsPrimitive || !seen.Add(value))
        {
            return 0;
        }

        if (value is Array array)
        {
            Type element = array.GetType().GetElementType()!;
            int bytes = DeviceMemory.ArrayBytes(array.Length, element.IsPrimitive ? Buffer.ByteLength(array) / Math.Max(1, array.Length) : 12);
            if (!element.IsPrimitive)
            {
                foreach (object? item in array)
                {
                    bytes += Walk(item, seen);
                }
            }

            return bytes;
        }

        int fields = 0;
        int below = 0;
        for (Type? type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                fields++;
                below += Walk(field.GetValue(value), seen);
            }
        }

        return DeviceMemory.ObjectBytes(fields) + below;
    }
}
