// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Linq;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Converters;
using NeuroMCU.Host.Boards;
using NeuroMCU.Host.Thyristors;
using NeuroMCU.VirtualBench.Boards;
using NeuroMCU.VirtualBench.Circuits;

namespace NeuroMCU.Host.Devices.Virtual.Boards
{
    /// <summary>
    /// Draws a board from its profile: drive and sense as the profile says, the neuron as the published component set whose spike is as high,
    /// with the capacitor scaled to the width of the profile's spike and the profile's hold current.
    /// </summary>
    public static class BoardPlans
    {
        // Above this height in mV a spike is that of a 2 kΩ load and a high threshold (W25), below that of a 47 Ω load (W23).
        private const double HighSpike = 500;

        private const string Wire = "loopback";
        private const string Lui = "lui";
        private const string Bursting = "msbn";

        /// <summary>Draws a board.</summary>
        /// <param name="board">Its profile, with channels.</param>
        /// <returns>The drawing.</returns>
        public static BoardPlan Of(BoardDescription board)
        {
            ArgumentNullException.ThrowIfNull(board);
            return new BoardPlan
            {
                Name = board.Profile.Name,
                Channels = [.. board.Channels.Select((channel, i) => Channel(board.Profile, channel, board.Profile.Channels[i]))],
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

        private static ChannelPlan Channel(BoardProfile profile, ChannelDescription channel, BoardChannel device)
        {
            NeuronKind kind = profile.Name switch
            {
                Wire => NeuronKind.Wire,
                Lui => NeuronKind.Lui,
                Bursting => NeuronKind.Bursting,
                _ => NeuronKind.Thyristor,
            };
            bool high = kind != NeuronKind.Bursting && (channel.SpikeHeight is not { } height || height >= HighSpike);
            BurstingCell bursting = BurstingPresets.W23;
            ThyristorCell cell = kind == NeuronKind.Bursting ? bursting.Part : ThyristorPresets.Get(high ? "w25" : "w23");
            double scale = kind == NeuronKind.Thyristor && high && channel.SpikeWidth is { } width ? width / 200.0 : 1;
            cell = cell with { Capacitance = cell.Capacitance * scale, Hold = kind == NeuronKind.Bursting ? cell.Hold : (channel.Drive?.Hold * 1e-6) ?? cell.Hold };
            ChannelPlan plan = new()
            {
                Name = channel.Name,
                Kind = kind,
                Part = kind == NeuronKind.Bursting ? PartOf(cell) with { Load = ThyristorPresets.Get("w23").Load, Memory = bursting.ThresholdDrop, MemoryTime = bursting.ThresholdRecovery } : PartOf(cell),
                Drive = Part(device.DriveKind),
                Sense = Part(device.SenseKind),
                SenseGain = channel.Sense?.Gain ?? 1,
                SenseReference = (channel.Sense?.Reference / 1000) ?? 3.1,
                DetectLevel = kind == NeuronKind.Wire ? 1.65 : kind == NeuronKind.Bursting ? 0.05 : high ? 0.7 : 0.07,
                DetectHysteresis = high ? 0.035 : 0.0035,
            };
            return channel.Drive is not { } drive
                ? plan
                : plan with { DriveReference = drive.Reference / 1000, DriveOffset = drive.Offset / 1000, DriveResistance = drive.Resistance * 1000 };
        }

        private static ConverterPart Part(int kind) => kind switch
        {
            ConverterKind.Internal => ConverterPart.Esp32,
            ConverterKind.Spi => ConverterPart.Spi,
            _ => ConverterPart.Pin,
        };
    }
}
