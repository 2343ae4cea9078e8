// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Models;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;

namespace NeuroMCU.Internet.Tests.Site;

public sealed class WeightInjectionTests
{
    // Eight inputs whose synapses weigh 1, 2, 4 to 128 units: the neurons of the bits fire in one microsecond and their steps add up. A
    // unit that is 2^-10 of the threshold is exact in the device's arithmetic too.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Each_weight_moves_the_membrane_by_that_many_units(int copies)
    {
        string list = string.Join(", ", Enumerable.Range(0, 8).Select(k => $"[{k}, 0, {1 << k}]"));
        Network network = NetworkFile.Parse(
            $$"""
            neuromcu: 1
            populations:
              bits: {model: input, size: 8}
              cell: {model: lif, size: 1, tau: 10 s, threshold: 1024}
            projections:
              - {from: bits, to: cell, connect: {list: [{{list}}]}, delay: 1 ms}
            """,
            "bits.yaml");
        CompiledNetwork compiled = NetworkCompiler.Compile(network);
        for (int weight = 0; weight < 256; weight++)
        {
            NetworkEngine engine = new(ImageReader.Read(compiled.Image, 0, compiled.Image.Length, ModelList.All));
            for (int bit = 0; bit < 8 * copies; bit++)
            {
                if ((weight >> bit % 8 & 1) != 0)
                {
                    Assert.True(engine.Inject(bit % 8, 5000));
                }
            }

            engine.Advance(6000, 100_000);
            double membrane = engine.ReadMembrane(8) / (double)(1 << 24) * 1024;
            Assert.Equal(weight * copies, membrane, 1e-9);
        }
    }
}
