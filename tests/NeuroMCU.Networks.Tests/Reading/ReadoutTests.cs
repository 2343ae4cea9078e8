// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Networks.Tests.Reading;

public sealed class ReadoutTests
{
    private const string Template = """
        neuromcu: 1
        populations:
          map: {model: lif, size: 5, tau: 1 ms, threshold: 1.0}
        readouts:
          azimuth: {population: map, values: {from: -90 deg, to: 90 deg}, half_width: 2, window: 100 ms, min_spikes: 3}
        outputs:
          - {readout: azimuth, output: 1, from: -45 deg, to: 45 deg}
          - {population: map, neuron: 4, output: 0, pulse: 5 ms}
        """;

    [Fact]
    public void Values_run_evenly_from_end_to_end()
    {
        Network network = NetworkTexts.Parse(Template);
        Readout readout = Assert.Single(network.Readouts);
        Assert.Equal([-90, -45, 0, 45, 90], readout.Values);
        Assert.Equal(("deg", 2, 100000, 3), (readout.Unit, readout.HalfWidth, readout.Window, readout.MinSpikes));
        Assert.Same(readout, network.Outputs[0].Readout);
        Assert.Equal((-45.0, 45.0), (network.Outputs[0].From, network.Outputs[0].To));
        Assert.Equal((4, 5000), (network.Outputs[1].Neuron, network.Outputs[1].PulseWidth));
    }

    [Theory]
    [InlineData("values: {from: -90 deg, to: 90 deg}", "values: {from: -90 deg, to: 90}", "one unit")]
    [InlineData("values: {from: -90 deg, to: 90 deg}", "values: [1, 2, 3]", "one value per neuron")]
    [InlineData("readout: azimuth", "readout: azimut", "did you mean `azimuth`?")]
    [InlineData("output: 0, pulse: 5 ms", "output: 1, pulse: 5 ms", "another output")]
    [InlineData("output: 0, pulse: 5 ms", "output: 0, from: 1, pulse: 5 ms", "remove the line")]
    [InlineData("from: -45 deg, to: 45 deg", "from: 45 deg, to: 45 deg", "range")]
    public void Mistakes_say_what_to_write(string old, string replacement, string hint)
    {
        Assert.Contains(hint, NetworkTexts.OnlyError(Template.Replace(old, replacement, StringComparison.Ordinal)).Hint,
            StringComparison.Ordinal);
    }
}
