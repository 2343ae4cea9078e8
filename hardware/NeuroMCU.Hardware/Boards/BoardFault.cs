// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>What can be wrong with a board profile.</summary>
    public static class BoardFault
    {
        /// <summary>A line of the text is not 'key=value'; the detail is the line number.</summary>
        public const int Syntax = 1;

        /// <summary>A line has an unknown key; the detail is the line number.</summary>
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

        /// <summary>The range of an output is empty, too wide for its kind, or its safe level lies outside; the detail is the number of
        /// the output.</summary>
        public const int BadRange = 12;

        /// <summary>The serial port is not COM2 or COM3, or lacks a pin or a baud rate.</summary>
        public const int BadPort = 13;

        /// <summary>The microphones lack a pin, a rate or a buffer of 512 to 32 768 frames in steps of 256, or their bus is not 1 or
        /// 2.</summary>
        public const int BadMicrophones = 14;

        /// <summary>A limit of the store or the network is not positive.</summary>
        public const int BadLimit = 15;

        /// <summary>The link key is not 64 hexadecimal digits.</summary>
        public const int BadKey = 16;

        /// <summary>The GPIO belongs to the second converter, which cannot be read while Wi-Fi is on; the detail is the GPIO.</summary>
        public const int RadioConverter = 17;

        /// <summary>The GPIO has no analog input; the detail is the GPIO.</summary>
        public const int NoAnalogInput = 18;

        /// <summary>A chip on SPI lacks a pin, or its bus, kind, mode, clock or reference is none; the detail is the number of the
        /// chip.</summary>
        public const int BadSpi = 19;

        /// <summary>The chip does not take this SPI mode; the detail is the number of the chip.</summary>
        public const int SpiMode = 20;

        /// <summary>The clock is too fast for the chip; the detail is the number of the chip.</summary>
        public const int SpiClock = 21;

        /// <summary>Mode, clock or lines differ from those of another chip on the same bus; the detail is the number of the chip.</summary>
        public const int SpiShared = 22;

        /// <summary>The drive names no converter, or its codes or its transfer are none; the detail is the number of the channel.</summary>
        public const int BadDrive = 23;

        /// <summary>The largest code gives more than the current limit; the detail is the number of the channel.</summary>
        public const int AboveLimit = 24;

        /// <summary>The current limit is above the hold current and nobody has put in writing why; the detail is the number of the
        /// channel.</summary>
        public const int AboveHold = 25;

        /// <summary>What should sense names no converter; the detail is the number of the channel.</summary>
        public const int BadSense = 26;

        /// <summary>The spike input lacks something, or cannot be had; the detail is the number of the channel.</summary>
        public const int BadSpikes = 27;

        /// <summary>The spike input is read too rarely to see the board's spike; the detail is the number of the channel.</summary>
        public const int Undersampled = 28;

        /// <summary>The stream is taken: a board has one, on the I2S bus 1; the detail is the number of the channel.</summary>
        public const int StreamTaken = 29;

        /// <summary>A channel of a chip is used twice; the detail is the number of the channel.</summary>
        public const int ConverterTwice = 30;

        /// <summary>More pulse counters than the chip has, eight; the detail is the number of the channel.</summary>
        public const int NoCounter = 31;

        /// <summary>The numbers of chips or channels have a gap; the detail is the first that is missing.</summary>
        public const int Gap = 32;

        /// <summary>The channel senses through the converter that another channel's stream has for itself; the detail is the number of
        /// the channel.</summary>
        public const int BesideStream = 33;

        /// <summary>The pin finds no PWM timer: there are four, each for two pins of one frequency; the detail is the GPIO.</summary>
        public const int NoTimer = 34;

        /// <summary>
        /// The largest code of a drive by PWM below 153 Hz is above 8191, where the platform's arithmetic overflows; the detail is the
        /// number of the channel.
        /// </summary>
        public const int PwmOverflow = 35;

        /// <summary>The node array is of no known kind, has no nodes, more than 256, or no full scale.</summary>
        public const int BadNodes = 36;

        /// <summary>Nodes are read with no voltage, or with one that may move them; the detail is the voltage in mV.</summary>
        public const int NodeDisturb = 37;

        /// <summary>A pulse or a forming pulse of the node array exceeds its own limits; the detail is the voltage in mV.</summary>
        public const int NodeLimits = 38;

        /// <summary>A chip on I2C lacks a pin, or its bus, kind, clock, address or switch is none; the detail is the number of the
        /// chip.</summary>
        public const int BadI2c = 39;

        /// <summary>Lines or clock differ from those of another chip on the same I2C bus; the detail is the number of the chip.</summary>
        public const int I2cShared = 40;

        /// <summary>Another chip answers to this address; the detail is the number of the chip.</summary>
        public const int I2cAddress = 41;

        /// <summary>
        /// The node array lacks parts: of potentiometers one MCP4461 for each four nodes in their order, an AD5328 with an output for each
        /// row, an MCP3208 with an input for each column, and the resistance of the columns' amplifiers.
        /// </summary>
        public const int NodeParts = 42;

        /// <summary>A display behind a bus switch, or a second one; the detail is the number of the chip.</summary>
        public const int BadDisplay = 43;

        /// <summary>The hub lacks its wire, address or port (detail 0), or, with sealed packets, the site's name of 1 to 64 bytes or its
        /// key (detail 1).</summary>
        public const int BadHub = 44;
    }
}
