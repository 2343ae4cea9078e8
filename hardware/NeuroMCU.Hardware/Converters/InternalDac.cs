// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.Dac;

namespace NeuroMCU.Hardware.Converters
{
    /// <summary>
    /// A converter of the ESP32: 8 bits, 0 to 3.3 V, on GPIO25 or GPIO26. A write takes 106 µs to 200 µs on the device (lock and native
    /// call, github.com/nanoframework/Home issue 1013), so that only changes are written.
    /// </summary>
    internal sealed class InternalDac : IAnalogOutput
    {
        /// <summary>GPIO of the first converter; the second one is on the next.</summary>
        public const int FirstPin = 25;

        /// <summary>Largest code.</summary>
        public const int MaxCode = 255;

        private readonly DacChannel _channel;
        private int _code = -1;

        /// <summary>Initializes a new instance of the <see cref="InternalDac" /> class with a first code.</summary>
        /// <param name="pin">25 or 26.</param>
        public InternalDac(int pin, int code)
        {
            _channel = DacController.GetDefault().OpenChannel(pin - FirstPin);
            Write(code);
        }

        /// <inheritdoc />
        public int FullCode => MaxCode;

        /// <inheritdoc />
        public void Write(int code)
        {
            code = code < 0 ? 0 : code > MaxCode ? MaxCode : code;
            if (code != _code)
            {
                // Unknown until the call has come back: one that fails is tried again with the same code.
                _code = -1;
                _channel.WriteValue((ushort)code);
                _code = code;
            }
        }

        /// <inheritdoc />
        public void Close()
        {
            _channel.Dispose();
        }
    }
}
