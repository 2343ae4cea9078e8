// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Converters;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Parts;
using NeuroMCU.VirtualBench.Boards;
using NeuroMCU.VirtualBench.Peripherals;

namespace NeuroMCU.VirtualDevice.Boards;

/// <summary>Draws a board from its profile: drive and sense as the profile says, the neuron of the component set that stands
/// there.</summary>
internal static class BoardPlans
{
    /// <summary>Draws a board.</summary>
    /// <returns>The drawing.</returns>
    public static BoardPlan Of(BoardDescription board)
    {
        ArgumentNullException.ThrowIfNull(board);
        return new BoardPlan
        {
            Name = board.Profile.Name,
            Channels = [.. board.Channels.Select((channel, i) => Channel(channel, board.Profile.Channels[i]))],
        };
    }

    private static ChannelPlan Channel(ChannelDescription channel, BoardChannel device)
    {
        NeuronDescription neuron = channel.Neuron;
        double level = Level(neuron);
        ChannelPlan plan = new()
        {
            Name = channel.Name,
            Kind = neuron.Kind,
            Part = PartOf(neuron),
            Bursting = neuron.Bursting,
            Drive = Part(device.DriveKind),
            Sense = Part(device.SenseKind),
            SenseGain = channel.Sense?.Gain ?? 1,
            SenseReference = (channel.Sense?.Reference / 1000) ?? LinearAdc.FullScale,
            DetectLevel = level,
            DetectHysteresis = DetectLevels.Hysteresis * level,
        };
        return channel.Drive is not { } drive
            ? plan
            : plan with
            {
                DriveReference = drive.Reference / 1000,
                DriveOffset = drive.Offset / 1000,
                DriveResistance = drive.Resistance * 1000
            };
    }

    private static ThyristorCell PartOf(NeuronDescription neuron) => neuron.Bursting?.Part ?? neuron.Cell
        ?? NeuronDescription.Default.Cell!;

    private static double Level(NeuronDescription neuron) => neuron.Kind switch
    {
        NeuronKind.Wire => DetectLevels.Wire,
        NeuronKind.Bursting => DetectLevels.Soma,
        NeuronKind.Thyristor => DetectLevels.Of(neuron.Cell!),
        _ => DetectLevels.Load,
    };

    private static ConverterPart Part(int kind) => kind switch
    {
        ConverterKind.Internal => ConverterPart.Esp32,
        ConverterKind.Spi => ConverterPart.Spi,
        _ => ConverterPart.Pin,
    };
}
