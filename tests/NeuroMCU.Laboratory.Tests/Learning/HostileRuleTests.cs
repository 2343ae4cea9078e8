// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using NeuroMCU.Compiler;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Integrity;
using NeuroMCU.Models;
using NeuroMCU.Networks.Reading;

namespace NeuroMCU.Laboratory.Tests.Learning;

/// <summary>Images with the right CRC and damaged rules are refused, or learn nonsense without leaving their arrays.</summary>
public sealed class HostileRuleTests
{
    [Theory]
    [InlineData("stdp")]
    [InlineData("triplet-stdp")]
    [InlineData("weight-dependent-stdp")]
    [InlineData("{rule: reward-stdp, modulator: in}")]
    [InlineData("short-term")]
    [InlineData("rate-rule")]
    [InlineData("{rule: homeostatic, every: 1 ms}")]
    [InlineData("{rule: homeostatic-stdp, every: 1 ms}")]
    [InlineData("{rule: dopamine-stdp, modulator: in, every: 1 ms}")]
    public void Damaged_rules_are_refused_or_run(string rule)
    {
        byte[] image = Image(rule);
        int entry = ImageLayout.SectionTableOffset + ((ImageLayout.Learning - 1) * ImageLayout.SectionEntryLength);
        int start = BinaryPrimitives.ReadInt32LittleEndian(image.AsSpan(entry + 4));
        int length = BinaryPrimitives.ReadInt32LittleEndian(image.AsSpan(entry + 8));
        Random random = new(5);
        int refused = 0;
        for (int i = 0; i < 1500; i++)
        {
            byte[] damaged = (byte[])image.Clone();
            for (int k = 0; k <= random.Next(3); k++)
            {
                damaged[start + random.Next(length)] = random.Next(3) == 0 ? (byte)0xFF : (byte)random.Next(256);
            }

            int end = damaged.Length - ImageLayout.ChecksumLength;
            BinaryPrimitives.WriteUInt32LittleEndian(damaged.AsSpan(end), Crc32.Compute(damaged, 0, end));
            try
            {
                NetworkEngine engine = new(ImageReader.Read(damaged, 0, damaged.Length, ModelList.All));
                engine.Advance(20000, 100000);
                for (int s = 0; s < engine.SynapseCount; s++)
                {
                    Assert.InRange(engine.ReadWeight(s), -32767, 32767);
                }
            }
            catch (ImageException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 200, 1450);
    }

    [Fact]
    public void What_was_learned_comes_back_from_the_image_that_holds_it()
    {
        byte[] image = Image("stdp");
        NetworkEngine engine = new(ImageReader.Read(image, 0, image.Length, ModelList.All));
        engine.Advance(300000, int.MaxValue);

        // As the device persists it: the tables with their weights of now.
        byte[] kept = ImageWriter.Write(engine.Tables);
        NetworkEngine again = new(ImageReader.Read(kept, 0, kept.Length, ModelList.All));

        int[] learned = [.. Enumerable.Range(0, engine.SynapseCount).Select(engine.ReadWeight)];
        Assert.Equal(learned, Enumerable.Range(0, again.SynapseCount).Select(again.ReadWeight));
        NetworkEngine fresh = new(ImageReader.Read(image, 0, image.Length, ModelList.All));
        Assert.NotEqual(learned, Enumerable.Range(0, fresh.SynapseCount).Select(fresh.ReadWeight));
    }

    private static byte[] Image(string rule)
    {
        string text = $$$"""
            neuromcu: 1
            duration: 20 ms
            populations:
              in: {model: input, size: 6}
              cells: {model: lif, size: 20, tau: 5 ms, threshold: 1}
            projections:
              - {from: in, to: cells, connect: {probability: 0.8}, weight: {uniform: [0.2, 0.9]}, weight_limit: 1, delay: {uniform: [0 ms, 2 ms]}, learning: {{{rule}}}}
            inputs:
              - {to: in, poisson: {rate: 300 Hz}}
            """;
        return NetworkCompiler.Compile(NetworkFile.Parse(text, "test.yaml"), new CompilerOptions { Unlimited = true }).Image;
    }
}
