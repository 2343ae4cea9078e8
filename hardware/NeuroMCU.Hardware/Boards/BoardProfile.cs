// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>
    /// What the firmware knows of its board: pins, limits and safe levels, all integers. Read from the file 'board.txt' of the device's
    /// store, or built in. A pin of -1 means that the board has no such part.
    /// </summary>
    public sealed class BoardProfile
    {
        /// <summary>Name of the profile, for example 'ears-devkit'.</summary>
        public string Name;

        /// <summary>CRC-32 of <see cref="Name" /> in UTF-8: what images are bound to.</summary>
        public uint BoardId;

        /// <summary>True when the module has PSRAM, which takes GPIO16 and GPIO17.</summary>
        public bool HasPsram;

        /// <summary>Most bytes of an image that the store takes.</summary>
        public int MaxImageBytes;

        /// <summary>Most bytes of managed heap that a loaded network may take.</summary>
        public int MaxNetworkBytes;

        /// <summary>Root directory of the file store, for example 'I:\'.</summary>
        public string StoreRoot;

        /// <summary>Bytes that the file store holds in all.</summary>
        public int StoreBytes;

        /// <summary>GPIO of the status lamp.</summary>
        public int LampPin = -1;

        /// <summary>GPIO of the button that changes the network.</summary>
        public int ButtonPin = -1;

        /// <summary>Serial port of the host link, for example 'COM2'; null when there is none.</summary>
        public string UartPort;

        /// <summary>GPIO that the serial port sends on.</summary>
        public int UartTxPin = -1;

        /// <summary>GPIO that the serial port receives on.</summary>
        public int UartRxPin = -1;

        /// <summary>Baud rate of the host link.</summary>
        public int UartBaud;

        /// <summary>I2S bus of the microphones, 1 or 2; 0 when the board has none.</summary>
        public int MicrophoneBus;

        /// <summary>GPIO of the bit clock (SCK of an INMP441).</summary>
        public int MicrophoneClockPin = -1;

        /// <summary>GPIO of the word select (WS).</summary>
        public int MicrophoneSelectPin = -1;

        /// <summary>GPIO of the data line (SD of both microphones).</summary>
        public int MicrophoneDataPin = -1;

        /// <summary>Lowest sample rate in Hz.</summary>
        public int MicrophoneMinRate;

        /// <summary>Highest sample rate in Hz.</summary>
        public int MicrophoneMaxRate;

        /// <summary>Frames that the I2S driver buffers; a multiple of 256.</summary>
        public int MicrophoneBufferFrames;

        /// <summary>Outputs, by the number that networks bind to.</summary>
        public BoardOutput[] Outputs = new BoardOutput[0];

        /// <summary>Chips on SPI, by the number that channels refer to.</summary>
        public BoardSpi[] Spi = new BoardSpi[0];

        /// <summary>Chips on I2C, a bus switch before those behind it.</summary>
        public BoardI2c[] I2c = new BoardI2c[0];

        /// <summary>Physical neurons, by the number that networks bind to.</summary>
        public BoardChannel[] Channels = new BoardChannel[0];

        /// <summary>The node array; null when the board has none.</summary>
        public BoardNodes Nodes;

        /// <summary>Name of the Wi-Fi network; empty or null when Wi-Fi stays off.</summary>
        public string WifiSsid;

        /// <summary>Passphrase of the Wi-Fi network.</summary>
        public string WifiPassword;

        /// <summary>TCP port that the firmware listens on over Wi-Fi; 0 for none.</summary>
        public int TcpPort;

        /// <summary>Pre-shared key of the TCP link, 32 bytes; null when none is set, and then TCP is refused.</summary>
        public byte[] LinkKey;

        /// <summary>The hub that the board joins by itself; null for none.</summary>
        public BoardHub Hub;

        /// <summary>Outputs go to their safe levels when a connected host has been silent for so many ms; 0 never.</summary>
        public int LinkLossMilliseconds;

        /// <summary>The watchdog makes outputs safe and restarts the firmware when a loop turn takes longer than so many ms; 0 for
        /// none.</summary>
        public int WatchdogMilliseconds;
    }
}
