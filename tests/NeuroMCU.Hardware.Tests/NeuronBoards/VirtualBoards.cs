// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;
using NeuroMCU.VirtualBench.Boards;

namespace NeuroMCU.Hardware.Tests.NeuronBoards;

/// <summary>Drawings for the tests: thyristor neurons of 0.1 µF and 2.2 kΩ on the ESP32's converters.</summary>
internal static class VirtualBoards
{
    public static BoardPlan Plan(int channels, ConverterPart part = ConverterPart.Esp32) => new()
    {
        Name = "test",
        Channels =
        [
            .. Enumerable.Range(1, channels).Select(i => new ChannelPlan
            {
                Name = "n" + i,
                Part = ThyristorPresets.Get("w25"),
                Drive = part,
                Sense = part,
            }),
        ],
    };

    /// <summary>Voltage that gives a current on a board of nominal parts.</summary>
    public static double Volts(double microamps) => 0.6 + (microamps * 1e-6 * 20_800);
}
