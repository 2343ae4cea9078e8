// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Device.Adc;

namespace NeuroMCU.Hardware.Converters
{
    /// <summary>
    /// An input of the ESP32's converter: 12 bits at a fixed attenuation of 12 dB, some 0 to 3.1 V. A reading takes 100 µs to 250 µs.
    /// </summary>
    /// <remarks>
    /// The platform applies no calibration. By the data sheet codes are useful from 150 mV to 2450 mV; differential error ±7 and integral
    /// error ±12 codes, full scale ±6 % from part to part, and above 2.5 V the curve bends. A correction table per channel takes care of
    /// what does not change, averaging of noise.
    /// </remarks>
    internal sealed class InternalAdc : IAnalogInput
    {
        /// <summary>Largest code.</summary>
        public const int Full = 4095;

        /// <summary>Entries of a correction table: what the codes 0, 256, … 4096 stand for.</summary>
        public const int Knots = 17;

        /// <summary>Readings that are averaged at most, as a power of two.</summary>
        public const int MaxShift = 6;

        private readonly AdcChannel _channel;
        private readonly int _shift;
        private readonly int[] _table;

        /// <summary>Initializes a new instance of the <see cref="InternalAdc" /> class.</summary>
        /// <param name="pin">32 to 39 on the first converter; 4, 13, 14, 25 to 27 on the second, which cannot be read while Wi-Fi is
        /// on.</param>
        /// <param name="shift">2 to this power readings are averaged, 0 to 6.</param>
        /// <param name="table">What the codes 0, 256, … 4096 stand for, 17 entries; null for no correction.</param>
        /// <exception cref="ArgumentOutOfRangeException">The pin has no analog input, or shift or table are out of range.</exception>
        public InternalAdc(int pin, int shift, int[] table)
        {
            int channel = ChannelOf(pin);
            if (channel < 0 || shift < 0 || shift > MaxShift || (table != null && table.Length != Knots))
            {
                throw new ArgumentOutOfRangeException(nameof(pin));
            }

            _channel = new AdcController().OpenChannel(channel);
            _shift = shift;
            _table = table;
        }

        /// <inheritdoc />
        public int FullCode => Full;

        /// <summary>Gets the platform's channel of a pin.</summary>
        /// <returns>Number of the channel; -1 when the pin has none.</returns>
        public static int ChannelOf(int pin)
        {
            switch (pin)
            {
                case 32:
                case 33:
                case 34:
                case 35:
                    return pin - 28;
                case 36:
                case 37:
                case 38:
                case 39:
                    return pin - 36;
                case 4:
                    return 10;
                case 13:
                    return 14;
                case 14:
                    return 16;
                case 27:
                    return 17;
                case 25:
                case 26:
                    return pin - 7;
                default:
                    return -1;
            }
        }

        /// <summary>Corrects a code by a table, linear between its knots.</summary>
        /// <param name="table">What the codes 0, 256, … 4096 stand for.</param>
        /// <param name="code">0 to 4095.</param>
        /// <returns>0 to 4095.</returns>
        public static int Correct(int[] table, int code)
        {
            int knot = code >> 8;
            int low = table[knot];
            int value = low + ((((table[knot + 1] - low) * (code & 255)) + 128) >> 8);
            return value < 0 ? 0 : value > Full ? Full : value;
        }

        /// <inheritdoc />
        public int Read()
        {
            int code;
            if (_shift == 0)
            {
                code = _channel.ReadValue();
            }
            else
            {
                int sum = 1 << (_shift - 1);
                for (int k = 1 << _shift; k > 0; k--)
                {
                    sum += _channel.ReadValue();
                }

                code = sum >> _shift;
            }

            return _table == null ? code : Correct(_table, code);
        }

        /// <inheritdoc />
        public void Close()
        {
            _channel.Dispose();
        }
    }
}
