// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Converters;
using NeuroMCU.Hardware.Spikes;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Boards;
using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Work;

namespace NeuroMCU.Compiler;

/// <summary>What neurons at pins cost a device besides the network: a look at each spike input, a write to each drive that changes,
/// frames for the spikes.</summary>
internal sealed class PinLoad
{
    // What one turn of the loop calls besides the inputs: the clock and the line.
    private const int ClockReadings = 8;
    private const int LinePolls = 2;

    // Interval and neuron of a spike in a frame; its head, check and ends.
    private const int BytesPerSpike = 4;
    private const int BytesPerFrame = 26;

    // As the firmware holds spikes back: one for each half millisecond of the step, at most so many.
    private const int StepPerRecord = 500;
    private const int MostRecords = 16;

    private readonly IReadOnlyList<BoardChannel> _channels;
    private readonly int _driven;

    private PinLoad(IReadOnlyList<BoardChannel> channels, int driven)
    {
        _channels = channels;
        _driven = driven;
    }

    /// <summary>Finds the channels that a network uses.</summary>
    /// <returns>The channels; null when it uses none.</returns>
    public static PinLoad? Of(Network network, BoardDescription board, bool twin)
    {
        Population[] physical = twin ? [] : [.. network.Populations.Where(p => p.Channels.Count > 0)];
        BoardChannel[] channels = [.. physical.SelectMany(p => p.Channels)
            .Select(name => Array.FindIndex(board.Profile.Channels, c => c.Name == name) is var found and >= 0 ? found
                : int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1)
            .Where(number => number >= 0 && number < board.Profile.Channels.Length)
            .Select(number => board.Profile.Channels[number])];
        return channels.Length == 0 ? null : new PinLoad(channels, physical.Where(p => p.Receptors.Count > 0).Sum(p => p.Size));
    }

    /// <summary>Time of the device in ns per second of network time.</summary>
    /// <param name="step">Step of the network in µs.</param>
    /// <returns>With one look at the inputs in each step: fewer see spikes late, more are made only where there is time.</returns>
    public double Of(int step, double spikes, CostProfile costs)
    {
        double turn = costs.Of(WorkKind.LoopTurn) + (ClockReadings * costs.Of(DeviceCall.TimerRead))
            + (LinePolls * costs.Of(DeviceCall.UartPoll)) + costs.Of(DeviceCall.Yield);
        double look = _channels.Sum(c => (double)Look(c, costs));
        double drives = _channels.Take(_driven).Sum(c => (double)Write(c, costs));
        double streams = _channels.Where(c => c.SpikeKind == SpikeInputKind.Stream)
            .Sum(c => (double)c.SpikeRate * costs.Of(WorkKind.StreamedSample));
        int records = Math.Clamp(step / StepPerRecord, 1, MostRecords);
        double frame = costs.Of(WorkKind.Frame) + costs.Of(DeviceCall.UartWrite)
            + ((BytesPerFrame + (records * BytesPerSpike)) * (double)costs.Of(WorkKind.FrameByte));
        return (1e6 / step * (turn + look + drives)) + (spikes / records * frame) + streams;
    }

    private static long Look(BoardChannel channel, CostProfile costs)
    {
        return channel.SpikeKind switch
        {
            SpikeInputKind.Counter => costs.Of(DeviceCall.PulseRead),
            SpikeInputKind.Stream => costs.Of(DeviceCall.I2sRead),
            SpikeInputKind.Sampled => channel.SenseKind == ConverterKind.Spi ? costs.Of(DeviceCall.SpiTransfer)
                : costs.Of(DeviceCall.AdcRead),
            _ => costs.Of(DeviceCall.GpioRead),
        };
    }

    private static long Write(BoardChannel channel, CostProfile costs)
    {
        return channel.DriveKind switch
        {
            ConverterKind.Internal => costs.Of(DeviceCall.DacWrite),
            ConverterKind.Pwm => costs.Of(DeviceCall.PwmWrite),
            _ => costs.Of(DeviceCall.SpiTransfer),
        };
    }
}
