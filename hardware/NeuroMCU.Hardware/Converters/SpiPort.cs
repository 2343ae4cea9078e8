// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.Spi;
using nanoFramework.Hardware.Esp32;

namespace NeuroMCU.Hardware.Converters
{
    /// <summary>Gives an SPI bus its pins and opens chips on it.</summary>
    internal static class SpiPort
    {
        /// <summary>Gives a bus its pins.</summary>
        /// <param name="bus">1 or 2.</param>
        /// <param name="miso">GPIO of the data from the chips; -1 when none of them answers.</param>
        public static void SetPins(int bus, int clock, int mosi, int miso)
        {
            bool first = bus == 1;
            Configuration.SetPinFunction(clock, first ? DeviceFunction.SPI1_CLOCK : DeviceFunction.SPI2_CLOCK);
            Configuration.SetPinFunction(mosi, first ? DeviceFunction.SPI1_MOSI : DeviceFunction.SPI2_MOSI);
            if (miso >= 0)
            {
                Configuration.SetPinFunction(miso, first ? DeviceFunction.SPI1_MISO : DeviceFunction.SPI2_MISO);
            }
        }

        /// <summary>
        /// Opens a chip. The platform clocks four zero bytes through the bus when it does: no word to an MCP3208 or MCP41010, and to an
        /// AD5328 the word that takes its first output to 0 V, which is where power-on has left it.
        /// </summary>
        /// <param name="bus">1 or 2, its pins set. All chips of a bus run with the mode and the clock of the one that is opened
        /// first.</param>
        /// <param name="mode">SPI mode, 0 to 3.</param>
        /// <param name="frequency">Clock in Hz.</param>
        /// <returns>The open chip.</returns>
        public static SpiDevice Open(int bus, int select, int mode, int frequency, bool answers)
        {
            SpiConnectionSettings settings = new SpiConnectionSettings(bus, select);
            settings.Mode = (SpiMode)mode;
            settings.ClockFrequency = frequency;
            settings.DataBitLength = 8;
            settings.DataFlow = DataFlow.MsbFirst;

            // Half duplex asks for no pin that reads; the platform's own choice for bus 1 would be GPIO25, a DAC.
            settings.Configuration = answers ? SpiBusConfiguration.FullDuplex : SpiBusConfiguration.HalfDuplex;
            return SpiDevice.Create(settings);
        }
    }
}
