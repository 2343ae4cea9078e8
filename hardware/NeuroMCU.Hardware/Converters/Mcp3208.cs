// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.Spi;

namespace NeuroMCU.Hardware.Converters
{
    /// <summary>
    /// An MCP3208: eight voltages as codes of 12 bits, code = 4096 · V/reference. SPI mode 0 or 3, at most 1 MHz at 3.3 V, where a
    /// reading takes 32 µs on the wire.
    /// </summary>
    /// <remarks>
    /// Own driver in place of nanoFramework.Iot.Device.Mcp3xxx, which makes arrays and SpanBytes for each reading (see
    /// <see cref="Ad5328" />). The request may begin with zeros, so that request and answer fit two preallocated words of 16 bits each:
    /// <c>0000 0000 0000 01SD | DDxx xxxx xxxx xxxx</c>, the code in the low 12 bits of the second. In memory each lies with its bytes
    /// swapped.
    /// </remarks>
    internal sealed class Mcp3208
    {
        /// <summary>Number of inputs.</summary>
        public const int Channels = 8;

        /// <summary>Largest code.</summary>
        public const int FullCode = 4095;

        private readonly SpiDevice _device;
        private readonly ushort[] _request = new ushort[2];
        private readonly ushort[] _answer = new ushort[2];

        /// <summary>Initializes a new instance of the <see cref="Mcp3208" /> class.</summary>
        public Mcp3208(SpiDevice device)
        {
            _device = device;
        }

        /// <summary>Reads an input against ground.</summary>
        /// <param name="channel">0 to 7.</param>
        /// <returns>0 to 4095.</returns>
        public int Read(int channel)
        {
            Ask(_request, channel);
            _device.TransferFullDuplex(_request, _answer);
            return CodeOf(_answer);
        }

        /// <summary>Gives the bus back.</summary>
        public void Close()
        {
            _device.Dispose();
        }

        /// <summary>Writes the request for an input, as it lies in memory.</summary>
        internal static void Ask(ushort[] request, int channel)
        {
            int start = 0x06 | ((channel >> 2) & 1);
            request[0] = (ushort)(start << 8);
            request[1] = (ushort)((channel & 3) << 6);
        }

        /// <summary>Gets the code from an answer, as it lies in memory.</summary>
        internal static int CodeOf(ushort[] answer)
        {
            int word = answer[1];
            return ((word & 0x0f) << 8) | (word >> 8);
        }
    }
}
