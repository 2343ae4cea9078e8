// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Hardware.Converters;

namespace NeuroMCU.Hardware.Panel
{
    /// <summary>An SSD1306 with 128 x 64 dots on I2C, its pump on. At most 400 kHz.</summary>
    /// <remarks>
    /// Own driver: the binding of nanoFramework.IoT.Device sends the whole picture at once and makes an array for each page. This one
    /// sends a stripe in one transfer and allocates nothing itself.
    /// </remarks>
    internal sealed class Ssd1306 : IDisplay
    {
        // A control byte before each command of one byte, and one before data that goes on to the stop (data sheet, 8.1.5.2).
        private const int OneCommand = 0x80;
        private const int Commands = 0x00;
        private const int Data = 0x40;
        private const int Head = 7;

        private readonly I2cLine _line;
        private readonly byte[] _stripe = new byte[Head + Canvas.StripeWidth];

        /// <summary>Initializes a new instance of the <see cref="Ssd1306" /> class; nothing is sent.</summary>
        public Ssd1306(I2cLine line)
        {
            _line = line;
        }

        /// <inheritdoc />
        public bool Begin() => _line.Write(new byte[]
        {
            Commands,
            0xae,           // off
            0xd5, 0x80,     // clock, as after a reset
            0xa8, 0x3f,     // 64 lines
            0xd3, 0x00,     // no offset
            0x40,           // begins with line 0
            0x20, 0x02,     // page after page, each from a column of its own
            0xa1, 0xc8,     // as the module is mounted: the pins above
            0xda, 0x12,     // how the lines are wired in a module of 64
            0x81, 0x7f,     // contrast, as after a reset
            0xd9, 0xf1,     // pre-charge, as for the pump
            0xdb, 0x40,     // level of dark lines
            0x2e,           // no scrolling
            0xa4, 0xa6,     // shows its memory, lit dots bright
            0x8d, 0x14,     // pump on
        });

        /// <inheritdoc />
        public bool Show(Canvas canvas, int stripe)
        {
            int at = stripe * Canvas.StripeWidth;
            int column = at % Canvas.Width;
            _stripe[0] = OneCommand;
            _stripe[1] = (byte)(0xb0 | (at / Canvas.Width));
            _stripe[2] = OneCommand;
            _stripe[3] = (byte)(column & 15);
            _stripe[4] = OneCommand;
            _stripe[5] = (byte)(0x10 | (column >> 4));
            _stripe[6] = Data;
            Array.Copy(canvas.Dots, at, _stripe, Head, Canvas.StripeWidth);
            return _line.Write(_stripe);
        }

        /// <inheritdoc />
        public bool Light() => _line.Write(Commands, 0xaf);
    }
}
