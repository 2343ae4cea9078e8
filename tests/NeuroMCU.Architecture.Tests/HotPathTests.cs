// NeuroMCU, MIT licence. See LICENSE in the repository root.

using Mono.Cecil;

namespace NeuroMCU.Architecture.Tests;

public sealed class HotPathTests
{
    // A fault ends the run, and an answer of a read-out is a line of text a few times a second: what they say may allocate.
    [Theory]
    [InlineData("NeuroMCU.Core.Engine.NetworkEngine", "Advance")]
    [InlineData("NeuroMCU.Firmware.Runs.RunControl", "Advance")]
    [InlineData("NeuroMCU.Firmware.Sound.HearingFeed", "Listen")]
    [InlineData("NeuroMCU.Firmware.Outputs.OutputBank", "EndPulses")]
    [InlineData("NeuroMCU.Firmware.Events.EventSender", "Send")]
    [InlineData("NeuroMCU.Firmware.Hybrid.BoardFeed", "Look")]
    [InlineData("NeuroMCU.Firmware.Hybrid.BoardFeed", "Write")]
    [InlineData("NeuroMCU.Hardware.Neurons.NeuronBoard", "Poll")]
    [InlineData("NeuroMCU.Hardware.Neurons.NeuronBoard", "Drive")]
    [InlineData("NeuroMCU.Hardware.Neurons.NeuronBoard", "Sense")]
    [InlineData("NeuroMCU.Hardware.Neurons.NeuronBoard", "Reset")]
    public void Nothing_is_allocated_on_the_way_of_a_spike(string type, string method)
    {
        var modules = DeviceProjects.AssemblyNames.Select(name => ModuleDefinition.ReadModule(DeviceProjects.PathOf(name))).ToList();

        var reached = new HotPath(modules).From(type, method, candidate => candidate.Name is "RaiseFault" or "Report" or "Tell");

        Assert.NotEmpty(reached);
        var allocations = reached.SelectMany(HotPath.AllocationsIn).ToList();
        modules.ForEach(module => module.Dispose());
        Assert.True(allocations.Count == 0, string.Join(Environment.NewLine, allocations));
    }

    [Theory]
    [InlineData(nameof(HotPathFixtures.MakesArray), true)]
    [InlineData(nameof(HotPathFixtures.BoxesBehindACall), true)]
    [InlineData(nameof(HotPathFixtures.ConcatenatesInAnOverride), true)]
    [InlineData(nameof(HotPathFixtures.OnlyThrows), false)]
    public void Allocation_is_found_wherever_the_path_leads(string fixture, bool expected)
    {
        using var module = ModuleDefinition.ReadModule(typeof(HotPathFixtures).Assembly.Location);

        var reached = new HotPath([module]).From(typeof(HotPathFixtures).FullName + "/" + fixture, "Run", _ => false);

        Assert.Equal(expected, reached.SelectMany(HotPath.AllocationsIn).Any());
    }
}
