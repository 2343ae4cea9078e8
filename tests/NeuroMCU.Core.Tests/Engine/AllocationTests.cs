// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Tests.Support;

namespace NeuroMCU.Core.Tests.Engine;

public sealed class AllocationTests
{
    [Fact]
    public void NothingIsAllocatedAfterTheConstructor()
    {
        for (int seed = 1; seed < 30; seed++)
        {
            // The runtime allocates when a method runs for the first time, and a collection that a test beside this one causes closes
            // this thread's buffer, which counts as allocated. Neither happens every time; an allocation of the engine would.
            long least = long.MaxValue;
            for (int attempt = 0; attempt < 10 && least > 0; attempt++)
            {
                NetworkEngine engine = new(RandomNetworks.Make(seed));
                long before = GC.GetAllocatedBytesForCurrentThread();
                Exercise(engine);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            Assert.Equal(0, least);
        }
    }

    private static void Exercise(NetworkEngine engine)
    {
        for (int i = 1; i <= 50; i++)
        {
            engine.Advance(i * 1000L, int.MaxValue);
            engine.Inject(0, (i * 1000L) + 10);
            if (engine.SynapseCount > 0)
            {
                engine.WriteWeight(0, engine.ReadWeight(0));
            }

            engine.ReadMembrane(engine.NeuronCount - 1);
            engine.Spikes.Remove(engine.Spikes.Count / 2);
        }

        engine.Advance(3L << 30, 100000);
        engine.Reset();
    }
}
