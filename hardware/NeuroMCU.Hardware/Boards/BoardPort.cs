// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using nanoFramework.Hardware.Esp32;

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>Gives the serial port of the host link its pins; without them it cannot be opened.</summary>
    public static class BoardPort
    {
        /// <summary>Sets the pins of the profile's serial port.</summary>
        /// <param name="profile">Profile of the board, checked.</param>
        /// <exception cref="InvalidOperationException">The board has no serial port for a host.</exception>
        public static void SetPins(BoardProfile profile)
        {
            if (profile.UartPort == null)
            {
                throw new InvalidOperationException();
            }

            bool second = profile.UartPort == "COM2";
            Configuration.SetPinFunction(profile.UartTxPin, second ? DeviceFunction.COM2_TX : DeviceFunction.COM3_TX);
            Configuration.SetPinFunction(profile.UartRxPin, second ? DeviceFunction.COM2_RX : DeviceFunction.COM3_RX);
        }
    }
}
