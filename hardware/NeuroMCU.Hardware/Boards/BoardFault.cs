// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>What can be wrong with a board profile.</summary>
    public static class BoardFault
    {
        /// <summary>A line of the text is not 'key=value'; the detail is the line number.</summary>
        public const int Syntax = 1;

        /// <summary>A line has a key that nobody knows; the detail is the line number.</summary>
        public const int UnknownKey = 2;

        /// <summary>A value is no number, or out of its range; the detail is the line number.</summary>
        public const int BadValue = 3;

        /// <summary>The profile has no name.</summary>
        public const int NoName = 4;

        /// <summary>The chip has no such GPIO; the detail is the GPIO.</summary>
        public const int NoSuchPin = 5;

        /// <summary>The GPIO can only be read (34 to 39) and something must drive it; the detail is the GPIO.</summary>
        public const int InputOnly = 6;

        /// <summary>The GPIO decides how the chip starts (0, 2, 5, 12, 15); the detail is the GPIO.</summary>
        public const int Strapping = 7;

        /// <summary>The GPIO belongs to the flash memory (6 to 11) or to PSRAM (16, 17); the detail is the GPIO.</summary>
        public const int Memory = 8;

        /// <summary>The GPIO belongs to the debugger's serial port (1, 3); the detail is the GPIO.</summary>
        public const int Debugger = 9;

        /// <summary>The GPIO is used twice; the detail is the GPIO.</summary>
        public const int UsedTwice = 10;

        /// <summary>A converter sits on GPIO25 or GPIO26 only; the detail is the GPIO.</summary>
        public const int NoConverter = 11;

        /// <summary>The range of an output is empty, too wide for its kind, or its safe level lies outside; the detail is the number of the output.</summary>
        public const int BadRange = 12;

        /// <summary>The serial port is not COM2 or COM3, or lacks a pin or a baud rate.</summary>
        public const int BadPort = 13;

        /// <summary>The microphones lack a pin, a rate or a buffer of 512 to 32 768 frames in steps of 256, or their bus is not 1 or 2.</summary>
        public const int BadMicrophones = 14;

        /// <summary>A limit of the store or the network is not positive.</summary>
        public const int BadLimit = 15;

        /// <summary>The link key is not 64 hexadecimal digits.</summary>
        public const int BadKey = 16;
    }
}
