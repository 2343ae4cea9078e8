// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.Hardware.Converters
{
    /// <summary>A TCA9548A: eight I2C buses behind one, of which this driver connects one at a time. At most 400 kHz.</summary>
    /// <remarks>Own driver: nanoFramework.IoT.Device has none.</remarks>
    internal sealed class Tca9548A
    {
        /// <summary>Number of buses behind the chip.</summary>
        public const int Buses = 8;

        private readonly I2cLine _line;
        private int _mask = -1;

        /// <summary>Initializes a new instance of the <see cref="Tca9548A" /> class; what is connected stays so.</summary>
        public Tca9548A(I2cLine line)
        {
            _line = line;
        }

        /// <summary>Gets its address.</summary>
        public int Address => _line.Address;

        /// <summary>Connects one bus and no other. The one that is connected already costs nothing.</summary>
        /// <param name="bus">0 to 7; -1 for none.</param>
        /// <returns>True when the chip says that this bus is connected.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There is no such bus; nothing was sent.</exception>
        public bool Select(int bus)
        {
            if (bus < -1 || bus >= Buses)
            {
                throw new ArgumentOutOfRangeException(nameof(bus));
            }

            int mask = MaskOf(bus);
            if (mask == _mask)
            {
                return true;
            }

            // Unknown until it has been read back: chips on two buses would answer to one address.
            _mask = -1;
            if (!_line.Write(mask) || _line.Read() != mask)
            {
                return false;
            }

            _mask = mask;
            return true;
        }

        /// <summary>Forgets what is connected, as after a transfer that failed: the next selection is sent and read back.</summary>
        public void Forget()
        {
            _mask = -1;
        }

        /// <summary>Gives the bus back.</summary>
        public void Close()
        {
            _line.Close();
        }

        /// <summary>Gets the byte that connects a bus; 0 for -1.</summary>
        internal static int MaskOf(int bus) => bus < 0 ? 0 : 1 << bus;
    }
}
