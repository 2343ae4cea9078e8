// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.I2c;
using nanoFramework.Hardware.Esp32;

namespace NeuroMCU.Hardware.Converters
{
    /// <summary>Gives an I2C bus its pins and opens chips on it.</summary>
    internal static class I2cPort
    {
        /// <summary>Gives a bus its pins. The platform's own choice for bus 2 would be GPIO25 and GPIO26, the DACs.</summary>
        /// <param name="bus">1 or 2.</param>
        public static void SetPins(int bus, int data, int clock)
        {
            bool first = bus == 1;
            Configuration.SetPinFunction(data, first ? DeviceFunction.I2C1_DATA : DeviceFunction.I2C2_DATA);
            Configuration.SetPinFunction(clock, first ? DeviceFunction.I2C1_CLOCK : DeviceFunction.I2C2_CLOCK);
        }

        /// <summary>Opens a chip; nothing is sent to it.</summary>
        /// <param name="bus">1 or 2, its pins set. All chips of a bus run at the speed of the one that is opened last.</param>
        /// <param name="address">Address of 7 bits.</param>
        /// <param name="frequency">100 000 or 400 000 Hz.</param>
        /// <returns>The chip.</returns>
        public static I2cLine Open(int bus, int address, int frequency)
        {
            I2cBusSpeed speed = frequency >= 400000 ? I2cBusSpeed.FastMode : I2cBusSpeed.StandardMode;
            return new I2cLine(I2cDevice.Create(new I2cConnectionSettings(bus, address, speed)));
        }
    }
}
