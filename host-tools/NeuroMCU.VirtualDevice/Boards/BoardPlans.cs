// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Converters;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Networks.Thyristors;
using NeuroMCU.VirtualBench.Boards;
using NeuroMCU.VirtualBench.Circuits;

namespace NeuroMCU.VirtualDevice.Boards;

/// <summary>Draws a board from its profile: drive and sense as the profile says, the neuron of the component set that stands there.</summary>
public static class BoardPlans
{
    // Comparator levels in V: 0.7 V where the spike is high enough for it (W25), else half of the spike.
    private const double Comparator = 0.7;
    private const double SomaComparator = 0.05;
    private const double WireLevel = 1.65;

    // Hysteresis of the comparator, as a part of its level.
    private const double Hysteresis = 0.05;

    /// <summary>Draws a board.</summary>
    /// <param name="board">Its profile, with channels.</param>
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

    /// <summary>Gets a part with the component values of a cell.</summary>
    /// <param name="cell">The component values.</param>
    /// <returns>The part.</returns>
    public static ThyristorPart PartOf(ThyristorCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return new ThyristorPart
        {
            Capacitance = cell.Capacitance,
            Load = cell.Load,
            Threshold = cell.Threshold,
            Onset = cell.Onset,
            Knee = cell.Knee,
            Hold = cell.Hold,
            OnVoltage = cell.OnVoltage,
            OnResistance = cell.OnResistance,
            Release = cell.Release,
            Memory = cell.Memory,
            MemoryTime = cell.MemoryTime,
        };
    }

    private static ChannelPlan Channel(ChannelDescription channel, BoardChannel device)
    {
        NeuronDescription neuron = channel.Neuron;
        ThyristorPart part = PartOf(neuron);
        double level = Level(neuron);
        ChannelPlan plan = new()
        {
            Name = channel.Name,
            Kind = neuron.Kind,
            Part = part,
            Drive = Part(device.DriveKind),
            Sense = Part(device.SenseKind),
            SenseGain = channel.Sense?.Gain ?? 1,
            SenseReference = (channel.Sense?.Reference / 1000) ?? 3.1,
            DetectLevel = level,
            DetectHysteresis = Hysteresis * level,
        };
        plan = neuron.Bursting is { } soma ? plan with { SomaResistance = soma.SomaResistance, SomaCapacitance = soma.SomaCapacitance } : plan;
        return channel.Drive is not { } drive
            ? plan
            : plan with { DriveReference = drive.Reference / 1000, DriveOffset = drive.Offset / 1000, DriveResistance = drive.Resistance * 1000 };
    }

    // The soma takes the place of the load.
    private static ThyristorPart PartOf(NeuronDescription neuron) => neuron.Bursting is { } bursting
        ? PartOf(bursting.Part with { Load = 1 }) with { Memory = bursting.ThresholdDrop, MemoryTime = bursting.ThresholdRecovery }
        : PartOf(neuron.Cell ?? NeuronDescription.Default.Cell!);

    private static double Level(NeuronDescription neuron) => neuron.Kind switch
    {
        NeuronKind.Wire => WireLevel,
        NeuronKind.Bursting => SomaComparator,
        NeuronKind.Thyristor => Math.Min(Comparator, ThyristorRate.SpikeHeight(neuron.Cell!) / 2),
        _ => Comparator,
    };

    private static ConverterPart Part(int kind) => kind switch
    {
        ConverterKind.Internal => ConverterPart.Esp32,
        ConverterKind.Spi => ConverterPart.Spi,
        _ => ConverterPart.Pin,
    };
}
