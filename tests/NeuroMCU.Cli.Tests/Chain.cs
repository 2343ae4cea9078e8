// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Cli.Tests;

/// <summary>Networks for tests.</summary>
internal static class Chain
{
    /// <summary>One input neuron kicks a chain of three; the second link's weight decides whether the last one fires.</summary>
    public const string Text = """
        neuromcu: 1
        name: chain
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
            - {population: chain, neurons: all, every: 1 ms}

        """;
}
