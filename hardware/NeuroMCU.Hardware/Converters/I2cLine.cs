// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Device.I2c;

namespace NeuroMCU.Hardware.Converters
{
    /// <summary>
    /// The line to one chip on I2C: whole transfers of few bytes, and whether the chip acknowledged all of them. The ESP32 does not tell
    /// an address that nobody answers from a byte that the chip does not take.
    /// </summary>
    /// <remarks>
    /// Each transfer leaves some 84 bytes on the heap: the SpanByte and the result that the platform makes. The arrays are made once.
    /// </remarks>
    internal sealed class I2cLine
    {
        private readonly I2cDevice _device;
        private readonly byte[] _one = new byte[1];
        private readonly byte[] _two = new byte[2];
        private readonly byte[] _three = new byte[3];

        /// <summary>Initializes a new instance of the <see cref="I2cLine" /> class.</summary>
        public I2cLine(I2cDevice device)
        {
            _device = device;
        }

        /// <summary>Gets the address of the chip.</summary>
        public int Address => _device.ConnectionSettings.DeviceAddress;

        /// <summary>Gets the number of transfers that were not acknowledged.</summary>
        public int Refused { get; private set; }

        /// <summary>Writes one byte.</summary>
        /// <returns>True when the chip acknowledged it.</returns>
        public bool Write(int first)
        {
            _one[0] = (byte)first;
            return Passed(_device.Write(new SpanByte(_one)), 1);
        }

        /// <summary>Writes two bytes.</summary>
        /// <returns>True when the chip acknowledged both.</returns>
        public bool Write(int first, int second)
        {
            _two[0] = (byte)first;
            _two[1] = (byte)second;
            return Passed(_device.Write(new SpanByte(_two)), 2);
        }

        /// <summary>Writes three bytes.</summary>
        /// <returns>True when the chip acknowledged all.</returns>
        public bool Write(int first, int second, int third)
        {
            _three[0] = (byte)first;
            _three[1] = (byte)second;
            _three[2] = (byte)third;
            return Passed(_device.Write(new SpanByte(_three)), 3);
        }

        /// <summary>Writes a whole array.</summary>
        /// <returns>True when the chip acknowledged all of it.</returns>
        public bool Write(byte[] bytes) => Passed(_device.Write(new SpanByte(bytes)), bytes.Length);

        /// <summary>Reads one byte.</summary>
        /// <returns>0 to 255; -1 when the chip did not answer.</returns>
        public int Read() => Passed(_device.Read(new SpanByte(_one)), 1) ? _one[0] : -1;

        /// <summary>Writes one byte and reads two after a repeated start.</summary>
        /// <returns>0 to 65 535, the first byte high; -1 when the chip did not answer.</returns>
        public int Ask(int first)
        {
            _one[0] = (byte)first;
            return Passed(_device.WriteRead(new SpanByte(_one), new SpanByte(_two)), 3) ? (_two[0] << 8) | _two[1] : -1;
        }

        /// <summary>Gives the bus back.</summary>
        public void Close()
        {
            _device.Dispose();
        }

        private bool Passed(I2cTransferResult result, int bytes)
        {
            bool passed = result.Status == I2cTransferStatus.FullTransfer && (int)result.BytesTransferred == bytes;
            if (!passed)
            {
                Refused++;
            }

            return passed;
        }
    }
}
