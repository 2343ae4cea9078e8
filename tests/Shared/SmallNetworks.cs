// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler;
using NeuroMCU.Networks.Reading;

namespace NeuroMCU.Tests.Shared;

/// <summary>Networks that the device tests run.</summary>
internal static class SmallNetworks
{
    /// <summary>One input neuron, three neurons in a chain: 8 spikes (2 of the input, 6 of the chain) in 100 ms, 100 trace
    /// samples.</summary>
    public static CompiledNetwork Chain(string name = "chain") => Compile(
        $$"""
        neuromcu: 1
        name: {{name}}
        duration: 100 ms
        populations:
          kick: {model: input, size: 1}
          chain: {model: lif, size: 3, tau: 20 ms, rest: -65 mV, threshold: -50 mV, reset: -65 mV, refractory: 2 ms}
        projections:
          - {from: kick, to: chain, connect: {list: [[0, 0]]}, weight: 16 mV, delay: 1 ms}
          - {name: links, from: chain, to: chain, connect: {list: [[0, 1], [1, 2]]}, weight: 16 mV, delay: 5 ms}
        inputs:
          - {to: kick, spikes: [[0, 10 ms], [0, 50 ms]]}
        record:
          spikes: all
          traces:
            - {population: chain, neurons: [2], every: 1 ms}
        """);

    /// <summary>Independent Poisson sources: spikes at a chosen rate, and nothing else.</summary>
    public static CompiledNetwork Noise(int size, int rate) => Compile(
        $$"""
        neuromcu: 1
        name: noise
        duration: 1 s
        populations:
          noise: {model: input, size: {{size.ToString(CultureInfo.InvariantCulture)}}}
        inputs:
          - {to: noise, poisson: {rate: {{rate.ToString(CultureInfo.InvariantCulture)}} Hz, seed: 7} }
        record:
          spikes: all
        """);

    /// <summary>One input neuron that reaches many: as many synapses as asked for.</summary>
    public static CompiledNetwork Fan(int size) => Compile(
        $$"""
        neuromcu: 1
        name: fan
        duration: 100 ms
        populations:
          kick: {model: input, size: 1}
          fan: {model: lif, size: {{size.ToString(CultureInfo.InvariantCulture)}}, tau: 20 ms, rest: 0 mV, threshold: 10 mV, reset: 0 mV}
        projections:
          - {from: kick, to: fan, connect: all-to-all, weight: 5 mV, delay: 1 ms}
        record:
          spikes: all
        """);

    /// <summary>Three places, of which the last one fires; what they say moves the pointer.</summary>
    public static CompiledNetwork Pointer() => Compile(
        """
        neuromcu: 1
        name: pointer
        populations:
          places: {model: input, size: 3}
        inputs:
          - {to: places, spikes: [[2, 10 ms], [2, 20 ms], [2, 30 ms]]}
        readouts:
          direction: {population: places, values: [-60 deg, 0 deg, 60 deg], half_width: 0, window: 50 ms, min_spikes: 2}
        outputs:
          - {readout: direction, output: 0, from: -90 deg, to: 90 deg}
        """);

    private static CompiledNetwork Compile(string text) => NetworkCompiler.Compile(NetworkFile.Parse(text, "test.yaml"));
}
