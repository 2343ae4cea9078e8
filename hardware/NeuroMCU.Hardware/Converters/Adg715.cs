// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.Hardware.Converters
{
    /// <summary>An ADG715: eight switches, all open at power-on. At most 400 kHz.</summary>
    /// <remarks>Own driver: nanoFramework.IoT.Device has none for a crosspoint or a row of switches.</remarks>
    internal sealed class Adg715
    {
        /// <summary>Number of switches.</summary>
        public const int Switches = 8;

        private readonly I2cLine _line;

        /// <summary>Initializes a new instance of the <see cref="Adg715" /> class; the switches stay as they are.</summary>
        public Adg715(I2cLine line)
        {
            _line = line;
        }

        /// <summary>Gets its address.</summary>
        public int Address => _line.Address;

        /// <summary>Closes some switches, opens the others, and reads back what the chip has taken.</summary>
        /// <param name="closed">Bit 0 for the first switch; 0 opens all.</param>
        /// <returns>True when the switches are so.</returns>
        /// <exception cref="ArgumentOutOfRangeException">More than eight switches are named; nothing was sent.</exception>
        public bool Set(int closed)
        {
            if (closed < 0 || closed > 0xff)
            {
                throw new ArgumentOutOfRangeException(nameof(closed));
            }

            return _line.Write(closed) && _line.Read() == closed;
        }

        /// <summary>Gives the bus back.</summary>
        public void Close()
        {
            _line.Close();
        }
    }
}
