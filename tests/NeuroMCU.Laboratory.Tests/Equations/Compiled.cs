// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler;
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Recordings;
using NeuroMCU.Reference;

namespace NeuroMCU.Laboratory.Tests.Equations;

/// <summary>Networks of one population whose model is a text, on the device's arithmetic.</summary>
internal static class Compiled
{
    /// <summary>Compiles a population.</summary>
    /// <param name="fields">Fields of the population: <c>model: adex, preset: tonic</c>.</param>
    /// <param name="milliseconds">Duration.</param>
    /// <param name="rest">Further sections of the file.</param>
    internal static CompiledNetwork Of(string fields, int milliseconds, string rest = "")
    {
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"neuromcu: 1\nstep: 100 us\nduration: {milliseconds} ms\npopulations:\n  source: {{model: input, size: 1}}\n  cells: "
            + $"{{{fields}}}\n{rest}");
        return NetworkCompiler.Compile(NetworkFile.Parse(text, "test.yaml"));
    }

    /// <summary>Spike times of neuron 0 of the cells in ms.</summary>
    internal static double[] Spikes(CompiledNetwork network)
    {
        SpikeRecord spikes = EngineRun.Run(network, network.Network.Duration).Spikes;
        return [.. Enumerable.Range(0, spikes.Count).Where(i => spikes.Neurons[i] == 1).Select(i => spikes.Times[i] * 1e-3)];
    }

    /// <summary>The same in double precision.</summary>
    internal static double[] Reference(CompiledNetwork network)
    {
        SpikeRecord spikes = new ReferenceSimulator(network.Network).Run(network.Network.Duration).Spikes;
        return [.. Enumerable.Range(0, spikes.Count).Where(i => spikes.Neurons[i] == 1).Select(i => spikes.Times[i] * 1e-3)];
    }

    /// <summary>Writes a model to a file that goes away with the test.</summary>
    internal static string File(string text)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("neuromcu-model").FullName, "mine.yaml");
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
