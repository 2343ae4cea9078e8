// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Firmware.Loop;
using NeuroMCU.Firmware.Tests.Rig;
using NeuroMCU.Hardware.Outputs;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Tests;

/// <summary>Whatever ends a run, the outputs are at their safe level when the turn in which it happens is over.</summary>
public class SafeStateTests
{
    private readonly Rig.Rig _rig = new();

    public SafeStateTests()
    {
        _rig.Host.Hello();
        _rig.Host.Upload(Networks.Image(Networks.Relay(spikes: 10_000)));
    }

    [Fact]
    public void After_start_of_the_device()
    {
        Assert.True(_rig.OutputsSafe);
    }

    [Fact]
    public void After_stop()
    {
        Run();
        _rig.Host.Expect(MessageType.Stop);
        Assert.True(_rig.OutputsSafe);
        Assert.Equal(DeviceState.Idle, _rig.Application.State);
    }

    [Fact]
    public void At_the_end_of_the_duration()
    {
        _rig.Host.Start(5000, RunMode.RealTime);
        Excite();
        _rig.Until(_rig.Clock.Now + 6000);
        Assert.True(_rig.OutputsSafe);
        Assert.Equal(DeviceState.Idle, _rig.Application.State);
    }

    [Theory]
    [InlineData(300, 300)]
    [InlineData(Runs.RunControl.ProfileLinkTimeout, 500)]
    public void When_the_host_falls_silent_and_not_before(int asked, int milliseconds)
    {
        Run(asked);
        var last = _rig.Clock.Now;
        _rig.Until(last + ((milliseconds - 20) * 1000));
        Assert.False(_rig.OutputsSafe);
        _rig.Host.Expect(MessageType.Ping);
        last = _rig.Clock.Now;
        _rig.Until(last + ((milliseconds - 20) * 1000));
        Assert.False(_rig.OutputsSafe);
        Assert.Equal(DeviceState.Running, _rig.Application.State);
        _rig.Until(last + ((milliseconds + 2) * 1000));
        Assert.True(_rig.OutputsSafe);
        Assert.Equal(DeviceState.Safe, _rig.Application.State);

        // The host comes back, sees why, and may start again at once.
        _rig.Host.Listen(5);
        Assert.Equal(ErrorCode.LinkLost, Assert.Single(_rig.Host.Faults).Code);
        var state = _rig.Host.State();
        Assert.Equal((DeviceState.Safe, ErrorCode.LinkLost, EndReason.LinkLost), (state.State, state.Fault, state.Totals.Reason));
        _rig.Host.Start(1000);
    }

    [Fact]
    public void When_the_connection_breaks_or_another_host_takes_the_line()
    {
        Run(10_000);
        _rig.Pipe.IsOpen = false;
        _rig.Turn();
        Assert.True(_rig.OutputsSafe);
        _rig.Pipe.IsOpen = true;
        Run(10_000);
        _rig.Pipe.Reconnect();
        _rig.Turn();
        Assert.True(_rig.OutputsSafe);
        Assert.Equal(DeviceState.Safe, _rig.Application.State);
    }

    [Fact]
    public void A_run_that_needs_no_host_goes_on_when_the_host_is_gone()
    {
        Run(0);
        _rig.Pipe.IsOpen = false;
        _rig.Until(_rig.Clock.Now + 5_000_000);
        Assert.Equal(DeviceState.Running, _rig.Application.State);
        Assert.False(_rig.OutputsSafe);
    }

    [Fact]
    public void When_a_turn_takes_too_long()
    {
        Run();
        _rig.Clock.CostOfLooking = 300_000;
        _rig.Application.Turn();
        _rig.Clock.CostOfLooking = 0;
        Assert.True(_rig.OutputsSafe);
        Assert.Equal(DeviceState.Fault, _rig.Application.State);
        _rig.Host.Listen(5);
        Assert.Equal(ErrorCode.Watchdog, Assert.Single(_rig.Host.Faults).Code);
        Assert.Equal(EndReason.Fault, _rig.Host.Ended!.Reason);
        Assert.Contains(_rig.Host.Logs, line => line.StartsWith($"fault {ErrorCode.Watchdog} ", System.StringComparison.Ordinal));

        // No run until the fault is cleared.
        var nack = _rig.Host.Refused(MessageType.Start, new StartRequest().Write);
        Assert.Equal((ErrorCode.Faulted, ErrorCode.Watchdog), (nack.Code, nack.Detail));
        _rig.Host.Expect(MessageType.FaultClear);
        _rig.Host.Start(1000);
    }

    [Fact]
    public void When_an_output_breaks_the_others_become_safe_and_the_fault_names_it()
    {
        Run();
        _rig.Outputs[0].Broken = true;
        var totals = new RunTotals();
        Assert.True(totals.Read(_rig.Host.Expect(MessageType.Stop)));
        Assert.Equal(FakeOutput.Safe, _rig.Outputs[1].Level);
        Assert.Equal(DeviceState.Fault, _rig.Application.State);
        var state = _rig.Host.State();
        Assert.Equal((ErrorCode.Output, 0), (state.Fault, state.FaultDetail));
    }

    [Fact]
    public void When_another_network_is_loaded()
    {
        Run();
        _rig.Host.Upload(Networks.Image(Networks.Relay(size: 2)), UploadTarget.Memory);
        Assert.True(_rig.OutputsSafe);
        Assert.Equal(DeviceState.Idle, _rig.Application.State);
    }

    [Fact]
    public void When_the_watchdog_outside_the_loop_asks_for_it()
    {
        Run();
        _rig.Application.MakeSafe();
        Assert.True(_rig.OutputsSafe);
    }

    [Fact]
    public void The_watchdog_outside_the_loop_is_fed_once_per_turn()
    {
        var dog = new CountingWatchdog();
        _rig.Parts.Watchdog = dog;
        _rig.Turns(17);
        Assert.Equal(17, dog.Meals);
    }

    private void Run(int linkTimeout = 0)
    {
        _rig.Host.Start(0, RunMode.RealTime, linkTimeout);
        Excite();
    }

    private void Excite()
    {
        foreach (var output in _rig.Outputs)
        {
            output.Write(OutputLevel.Full);
        }

        Assert.False(_rig.OutputsSafe);
        Assert.All(_rig.Outputs, output => Assert.Equal(OutputLevel.Full, output.Levels.Last()));
    }

    private sealed class CountingWatchdog : IWatchdog
    {
        public int Meals { get; private set; }

        public void Feed() => Meals++;
    }
}
