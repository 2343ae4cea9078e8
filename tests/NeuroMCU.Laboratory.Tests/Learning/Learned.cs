// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Models;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Recordings;
using NeuroMCU.Reference;

namespace NeuroMCU.Laboratory.Tests.Learning;

/// <summary>A network that learns, run on the device's arithmetic and in double precision.</summary>
internal sealed class Learned
{
    private Learned(CompiledNetwork compiled, NetworkEngine engine, ReferenceSimulator reference, SpikeRecord spikes,
        SpikeRecord twinSpikes)
    {
        Network = compiled;
        Engine = engine;
        Reference = reference;
        Spikes = spikes;
        TwinSpikes = twinSpikes;
    }

    internal CompiledNetwork Network { get; }

    internal NetworkEngine Engine { get; }

    internal ReferenceSimulator Reference { get; }

    internal SpikeRecord Spikes { get; }

    internal SpikeRecord TwinSpikes { get; }

    /// <summary>Runs a network to its end, without a header: populations, projections and inputs.</summary>
    internal static Learned Of(string text, int milliseconds, Action<NetworkEngine>? before = null)
    {
        return Of(NetworkFile.Parse(FormattableString.Invariant($"neuromcu: 1\nduration: {milliseconds} ms\n{text}"), "test.yaml"), before);
    }

    /// <summary>Runs a whole file with its own duration.</summary>
    internal static Learned OfFile(string text, string folder, Action<NetworkEngine>? before = null)
    {
        return Of(NetworkFile.Parse(text, Path.Combine(folder, "test.yaml")), before);
    }

    private static Learned Of(Network network, Action<NetworkEngine>? before)
    {
        CompiledNetwork compiled = NetworkCompiler.Compile(network, new CompilerOptions { Unlimited = true });
        NetworkEngine engine = new(ImageReader.Read(compiled.Image, 0, compiled.Image.Length, ModelList.All)) { WaitsForRecord = true };
        before?.Invoke(engine);
        List<long> times = [];
        List<int> neurons = [];
        long until = network.Duration;
        while (!engine.HasReached(until))
        {
            engine.Advance(until, 4096);
            for (int i = 0; i < engine.Spikes.Count; i++)
            {
                times.Add(engine.Spikes.TimeAt(i));
                neurons.Add(engine.Spikes.NeuronAt(i));
            }

            engine.Spikes.Remove(engine.Spikes.Count);
            engine.Traces.Remove(engine.Traces.Count);
        }

        ReferenceSimulator reference = new(compiled.Network);
        SpikeRecord twin = reference.Run(until).Spikes;
        return new Learned(compiled, engine, reference, new SpikeRecord([.. times], [.. neurons]), twin);
    }

    /// <summary>Weights of a projection as parts of its limit, as the device holds them.</summary>
    internal double[] Weights(int projection)
    {
        int first = Network.Network.Projections.Take(projection).Sum(p => p.Connections.Count);
        double limit = Network.Tables.Learning.First(l => l.Projection == projection).Limit;
        return [.. Enumerable.Range(first, Network.Network.Projections[projection].Connections.Count).Select(s =>
            Engine.ReadWeight(s) / limit)];
    }

    /// <summary>The same in double precision.</summary>
    internal double[] TwinWeights(int projection)
    {
        Projection p = Network.Network.Projections[projection];
        return [.. Reference.WeightsOf(projection)!.Select(w => w / p.Learning!.Limit)];
    }
}
