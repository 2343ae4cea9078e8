// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Tests.Support;
using NeuroMCU.Models;
using NeuroMCU.Tests.Shared;

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
        int bytes = HeapWalk.Count(Loaded(tables));
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
            int counted = HeapWalk.Count(Loaded(tables));
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
}
