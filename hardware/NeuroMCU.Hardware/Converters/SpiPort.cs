// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.Spi;
using nanoFramework.Hardware.Esp32;
using NeuroMCU.Hardware.Boards;

namespace NeuroMCU.Hardware.Converters
{
    /// <summary>Gives an SPI bus its pins and opens a chip on it.</summary>
    public static class SpiPort
    {
        /// <summary>
        /// Opens a chip. The platform clocks four zero bytes through the bus when it does: no word to an MCP3208 or MCP41010, and to an AD5328
        /// the word that takes its first output to 0 V, which is where power-on has left it.
        /// </summary>
        /// <param name="chip">The chip as in a checked profile: all chips of its bus have its mode and its clock.</param>
        /// <returns>The open chip.</returns>
        public static SpiDevice Open(BoardSpi chip)
        {
            bool first = chip.Bus == 1;
            Configuration.SetPinFunction(chip.ClockPin, first ? DeviceFunction.SPI1_CLOCK : DeviceFunction.SPI2_CLOCK);
            Configuration.SetPinFunction(chip.MosiPin, first ? DeviceFunction.SPI1_MOSI : DeviceFunction.SPI2_MOSI);
            bool answers = chip.MisoPin >= 0;
            if (answers)
            {
                Configuration.SetPinFunction(chip.MisoPin, first ? DeviceFunction.SPI1_MISO : DeviceFunction.SPI2_MISO);
            }

            SpiConnectionSettings settings = new SpiConnectionSettings(chip.Bus, chip.SelectPin);
            settings.Mode = (SpiMode)chip.Mode;
            settings.ClockFrequency = chip.Frequency;
            settings.DataBitLength = 8;
            settings.DataFlow = DataFlow.MsbFirst;

            // Half duplex asks for no pin that reads; the platform's own choice for bus 1 would be GPIO25, a DAC.
            settings.Configuration = answers ? SpiBusConfiguration.FullDuplex : SpiBusConfiguration.HalfDuplex;
            return SpiDevice.Create(settings);
        }
    }
}
