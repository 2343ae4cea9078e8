// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Platform;

namespace NeuroMCU.Hardware.Converters
{
    /// <summary>
    /// An MCP4461: four potentiometers of 257 taps, 0 at terminal B to 256 at terminal A, whose positions at power-on lie in EEPROM. I2C
    /// addresses 0x2c to 0x2f, up to 400 kHz here.
    /// </summary>
    /// <remarks>
    /// Own driver: nanoFramework.IoT.Device has none for a digital potentiometer on I2C. A position is kept in RAM by
    /// <see cref="Write" />; <see cref="Store" /> is for checkpoints, since a word of EEPROM lasts a million writes and takes up to 10 ms.
    /// </remarks>
    internal sealed class Mcp4461
    {
        /// <summary>Number of potentiometers.</summary>
        public const int Wipers = 4;

        /// <summary>Largest position: the wiper is at terminal A.</summary>
        public const int Full = 256;

        /// <summary>Longest time in µs that the chip writes its EEPROM for.</summary>
        public const int StoreMicroseconds = 10000;

        private const int ReadCommand = 0x0c;
        private const int StatusWord = 5;
        private const int Storing = 0x10;
        private const int Protected = 0x01;
        private const int AllTerminals = 0x1ff;

        private readonly I2cLine _line;
        private readonly IClock _clock;

        /// <summary>Initializes a new instance of the <see cref="Mcp4461" /> class; the wipers stay where they are.</summary>
        public Mcp4461(I2cLine line, IClock clock)
        {
            _line = line;
            _clock = clock;
        }

        /// <summary>Gets its address.</summary>
        public int Address => _line.Address;

        /// <summary>Moves a wiper, until power-off.</summary>
        /// <param name="wiper">0 to 3.</param>
        /// <param name="position">0 to 256.</param>
        /// <returns>True when the chip took it.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There is no such wiper or position; nothing was sent.</exception>
        public bool Write(int wiper, int position)
        {
            Check(wiper, position);
            return Send(VolatileWord(wiper), position);
        }

        /// <summary>Reads where a wiper is.</summary>
        /// <param name="wiper">0 to 3.</param>
        /// <returns>0 to 256; -1 when the chip did not answer.</returns>
        public int Read(int wiper)
        {
            Check(wiper, 0);
            return Ask(VolatileWord(wiper));
        }

        /// <summary>Reads where a wiper will be after power-on.</summary>
        /// <param name="wiper">0 to 3.</param>
        /// <returns>0 to 256; -1 when the chip did not answer, as while it writes its EEPROM.</returns>
        public int ReadStored(int wiper)
        {
            Check(wiper, 0);
            return Ask(StoredWord(wiper));
        }

        /// <summary>
        /// Makes a position the one after power-on, waits until the chip has written it, and reads it back. A position that is stored
        /// already is not written again.
        /// </summary>
        /// <param name="wiper">0 to 3.</param>
        /// <param name="position">0 to 256.</param>
        /// <returns>True when the position is stored; false when the chip did not answer, is write-protected or holds another.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There is no such wiper or position; nothing was sent.</exception>
        public bool Store(int wiper, int position)
        {
            Check(wiper, position);
            if (!Wait())
            {
                return false;
            }

            if (ReadStored(wiper) == position)
            {
                return true;
            }

            return Send(StoredWord(wiper), position) && Wait() && ReadStored(wiper) == position;
        }

        /// <summary>Connects both terminals and the wiper of all four potentiometers, as after power-on, and reads that back.</summary>
        /// <returns>True when all are connected.</returns>
        public bool Connect()
        {
            return Send(0x4, AllTerminals) && Send(0xa, AllTerminals) && (Ask(0x4) & 0xff) == 0xff && (Ask(0xa) & 0xff) == 0xff;
        }

        /// <summary>Tells whether the pin WP keeps the EEPROM as it is.</summary>
        /// <returns>1 when it does, 0 when not, -1 when the chip did not answer.</returns>
        public int IsProtected()
        {
            int status = _line.Ask(CommandFor(StatusWord, ReadCommand, 0));
            return status < 0 ? -1 : status & Protected;
        }

        /// <summary>Gives the bus back.</summary>
        public void Close()
        {
            _line.Close();
        }

        /// <summary>Gets the byte that begins a command.</summary>
        /// <param name="word">0 to 15.</param>
        /// <param name="command">0 to write, <see cref="ReadCommand" /> to read.</param>
        /// <param name="value">Its ninth bit goes into the command.</param>
        internal static int CommandFor(int word, int command, int value) => (word << 4) | command | ((value >> 8) & 1);

        /// <summary>Gets the word of a wiper in RAM: 0, 1, 6, 7.</summary>
        internal static int VolatileWord(int wiper) => wiper < 2 ? wiper : wiper + 4;

        /// <summary>Gets the word of a wiper in EEPROM: 2, 3, 8, 9.</summary>
        internal static int StoredWord(int wiper) => wiper < 2 ? wiper + 2 : wiper + 6;

        private static void Check(int wiper, int position)
        {
            if (wiper < 0 || wiper >= Wipers)
            {
                throw new ArgumentOutOfRangeException(nameof(wiper));
            }

            if (position < 0 || position > Full)
            {
                throw new ArgumentOutOfRangeException(nameof(position));
            }
        }

        private bool Send(int word, int value) => _line.Write(CommandFor(word, 0, value), value & 0xff);

        private int Ask(int word)
        {
            int answer = _line.Ask(CommandFor(word, ReadCommand, 0));
            return answer < 0 ? -1 : answer & 0x1ff;
        }

        /// <summary>Waits until the EEPROM is idle; false when it is not within its longest time, or the chip does not answer.</summary>
        private bool Wait()
        {
            long until = _clock.Now + StoreMicroseconds + (StoreMicroseconds / 2);
            while (true)
            {
                int status = _line.Ask(CommandFor(StatusWord, ReadCommand, 0));
                if (status < 0)
                {
                    return false;
                }

                if ((status & Storing) == 0)
                {
                    return true;
                }

                if (_clock.Now > until)
                {
                    return false;
                }
            }
        }
    }
}
