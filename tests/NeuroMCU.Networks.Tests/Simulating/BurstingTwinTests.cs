// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;
using NeuroMCU.Parts;
using NeuroMCU.Reference;
using NeuroMCU.Tests.Shared;
using NeuroMCU.VirtualBench.Circuits;

namespace NeuroMCU.Networks.Tests.Simulating;

/// <summary>The bursting neuron of the reference against published modes, and against the circuit solved from event to event.</summary>
public sealed class BurstingTwinTests
{
    [Theory]
    [InlineData("72.2 uA", "47 Ohm", BurstMode.Tonic)]
    [InlineData("46.7 uA", "2.4 kOhm", BurstMode.Fast)]
    [InlineData("90 uA", "3 kOhm", BurstMode.Fast)]
    [InlineData("60 uA", "3 kOhm", BurstMode.Fast)]
    [InlineData("38.7 uA", "3 kOhm", BurstMode.Bursting)]
    [InlineData("36.4 uA", "2.5 kOhm", BurstMode.Bursting)]
    [InlineData("39.4 uA", "2.3 kOhm", BurstMode.Bursting)]
    [InlineData("30 uA", "2.3 kOhm", BurstMode.Silent)]
    [InlineData("132 uA", "47 Ohm", BurstMode.Silent)]
    public void Published_modes_are_met(string bias, string soma, BurstMode mode)
    {
        Network network = NetworkTexts.Parse($$"""
            neuromcu: 1
            step: 10 us
            populations:
              cells: {model: bursting, size: 1, bias: {{bias}}, soma_resistance: {{soma}}}
            """);
        BurstingCell cell = network.Populations[0].PartOf(0)!.Bursting!;
        double current = network.Populations[0].Value("bias", 0) * 1e-6;
        double[] spikes = new ReferenceSimulator(network).Run(1000000).Spikes.Times.Where(t => t > 500000).Select(t => t * 1e-6).ToArray();
        Assert.Equal(mode, BurstModes.Classify(spikes, BurstModes.ChargingTime(cell.Part, current)));
        BurstingCircuit circuit = new(cell);
        int exact = CircuitRates.Spikes(circuit, current, 0.5, 0.5).Count;
        Assert.True(Math.Abs(spikes.Length - exact) <= 1, $"{spikes.Length} spikes, from event to event {exact}");
    }
}
