// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.Spi;

namespace NeuroMCU.Hardware.Converters
{
    /// <summary>An MCP41010: a potentiometer of 10 kΩ in 256 steps, 128 at power-on. SPI mode 0 or 3, at most 10 MHz, write only.</summary>
    internal sealed class Mcp41010 : IAnalogOutput
    {
        /// <summary>Write data to the potentiometer.</summary>
        private const int WriteCommand = 0x11;

        private const int Full = 255;

        private readonly SpiDevice _device;
        private readonly ushort[] _word = new ushort[1];
        private int _code = -1;

        /// <summary>Initializes a new instance of the <see cref="Mcp41010" /> class; the wiper stays where it is.</summary>
        public Mcp41010(SpiDevice device)
        {
            _device = device;
        }

        /// <inheritdoc />
        public int FullCode => Full;

        /// <inheritdoc />
        public void Write(int code)
        {
            code = code < 0 ? 0 : code > Full ? Full : code;
            if (code != _code)
            {
                _code = -1;
                _word[0] = WordFor(code);
                _device.Write(_word);
                _code = code;
            }
        }

        /// <inheritdoc />
        public void Close()
        {
            _device.Dispose();
        }

        /// <summary>Gets the word that sets the wiper, as it lies in memory.</summary>
        internal static ushort WordFor(int code) => (ushort)((code << 8) | WriteCommand);
    }
}
