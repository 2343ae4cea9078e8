// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Boards;

/// <summary>A line of the board as the schematic names it.</summary>
/// <param name="Name">Name of the net, for example 'DRIVE1'.</param>
/// <param name="Device">Name of the chip on SPI whose channel it is; null for a pin of the ESP32.</param>
/// <param name="Pin">GPIO, or channel of the chip.</param>
public sealed record BoardNet(string Name, string? Device, int Pin);
