// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.Spi;

namespace NeuroMCU.Hardware.Converters
{
    /// <summary>
    /// An AD5328: eight voltages of 12 bits, V = reference · code/4096. SPI mode 1 or 2, at most 30 MHz, 16 bits a word. A write takes
    /// effect at once: the driver sets the chip's LDAC bits so, whatever its LDAC pin is tied to.
    /// </summary>
    /// <remarks>
    /// Own driver in place of nanoFramework.Iot.Device.AD5328: that one makes a byte array and a UnitsNet quantity for each write, and an
    /// allocation costs 8 to 15 additions (41 ns to 160 ns on nanoCLR on a PC, some 100 times as much on the chip) and in the end a garbage
    /// collection in the middle of a run. Here a word goes out of one preallocated array through Write(ushort[]), which has neither a
    /// lock nor a SpanByte. On the ESP32 the array goes out as it lies in memory, low byte first, so that the word is stored with its
    /// bytes swapped (read in nf-interpreter's SPI driver; not yet seen on a logic analyser).
    /// </remarks>
    internal sealed class Ad5328
    {
        /// <summary>Number of outputs.</summary>
        public const int Channels = 8;

        /// <summary>Largest code.</summary>
        public const int FullCode = 4095;

        /// <summary>Gain 1, reference not buffered and not the supply, on all outputs.</summary>
        private const int GainWord = 0x8000;

        /// <summary>Outputs follow their input registers at once.</summary>
        private const int UpdateWord = 0xa000;

        /// <summary>No output is powered down.</summary>
        private const int PowerWord = 0xc000;

        private readonly SpiDevice _device;
        private readonly ushort[] _word = new ushort[1];
        private readonly int[] _codes = new int[Channels];

        /// <summary>Initializes a new instance of the <see cref="Ad5328" /> class: gain 1, immediate update, outputs as they are.</summary>
        public Ad5328(SpiDevice device)
        {
            _device = device;
            for (int i = 0; i < Channels; i++)
            {
                _codes[i] = -1;
            }

            Send(GainWord);
            Send(UpdateWord);
            Send(PowerWord);
        }

        /// <summary>Sets an output. The same code twice costs nothing.</summary>
        /// <param name="channel">0 to 7 for A to H.</param>
        /// <param name="code">0 to 4095; a code beyond is taken as the nearer end.</param>
        public void Write(int channel, int code)
        {
            code = code < 0 ? 0 : code > FullCode ? FullCode : code;
            if (code != _codes[channel])
            {
                // Unknown until the call has come back: one that fails is tried again with the same code.
                _codes[channel] = -1;
                Send(WordFor(channel, code));
                _codes[channel] = code;
            }
        }

        /// <summary>Gives the bus back.</summary>
        public void Close()
        {
            _device.Dispose();
        }

        /// <summary>Gets the word that sets an output.</summary>
        internal static int WordFor(int channel, int code) => ((channel & 7) << 12) | code;

        /// <summary>Gets how a word lies in memory so that its high byte goes out first.</summary>
        internal static ushort InMemory(int word) => (ushort)(((word & 0xff) << 8) | (word >> 8));

        private void Send(int word)
        {
            _word[0] = InMemory(word);
            _device.Write(_word);
        }
    }
}
