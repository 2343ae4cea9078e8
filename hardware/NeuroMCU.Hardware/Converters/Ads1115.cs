// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Platform;

namespace NeuroMCU.Hardware.Converters
{
    /// <summary>
    /// An ADS1115: four voltages against ground in 16 bits, one conversion at a time, 860 a second. Code = 32 768 · V/range. At most 400
    /// kHz here.
    /// </summary>
    /// <remarks>Own driver in place of nanoFramework.Iot.Device.Ads1115, which makes arrays for each transfer.</remarks>
    internal sealed class Ads1115
    {
        /// <summary>Number of inputs.</summary>
        public const int Inputs = 4;

        /// <summary>Time in µs from start to result: 860 conversions a second, up to 10 % slower, and the wake-up of 25 µs.</summary>
        public const int ConversionMicroseconds = 1310;

        /// <summary>What <see cref="Read" /> gives when the chip did not answer.</summary>
        public const int NoAnswer = int.MinValue;

        private const int ResultRegister = 0;
        private const int ConfigurationRegister = 1;

        /// <summary>Single conversions at 860 a second, comparator off.</summary>
        private const int Fixed = 0x01e3;

        private const int StartOrReady = 0x8000;

        private readonly I2cLine _line;
        private readonly IClock _clock;
        private readonly int _gain;

        /// <summary>Initializes a new instance of the <see cref="Ads1115" /> class.</summary>
        /// <param name="gain">0 for a range of 6.144 V, 1 for 4.096, 2 for 2.048, 3 for 1.024, 4 for 0.512, 5 for 0.256.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such gain.</exception>
        public Ads1115(I2cLine line, IClock clock, int gain)
        {
            if (gain < 0 || gain > 5)
            {
                throw new ArgumentOutOfRangeException(nameof(gain));
            }

            _line = line;
            _clock = clock;
            _gain = gain;
        }

        /// <summary>Gets its address.</summary>
        public int Address => _line.Address;

        /// <summary>Converts an input and waits for the result.</summary>
        /// <param name="input">0 to 3.</param>
        /// <returns>-32 768 to 32 767, a little below 0 at 0 V; <see cref="NoAnswer" /> when the chip did not answer in time.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There is no such input; nothing was sent.</exception>
        public int Read(int input)
        {
            if (input < 0 || input >= Inputs)
            {
                throw new ArgumentOutOfRangeException(nameof(input));
            }

            int configuration = ConfigurationFor(input, _gain);
            if (!_line.Write(ConfigurationRegister, configuration >> 8, configuration & 0xff))
            {
                return NoAnswer;
            }

            long until = _clock.Now + (2 * ConversionMicroseconds);
            while (true)
            {
                int state = _line.Ask(ConfigurationRegister);
                if (state < 0)
                {
                    return NoAnswer;
                }

                // The chip tells its settings with it: a chip that lost its power has others, and its result is none.
                if ((state & StartOrReady) != 0)
                {
                    if ((state & 0x7fff) != (configuration & 0x7fff))
                    {
                        return NoAnswer;
                    }

                    int code = _line.Ask(ResultRegister);
                    return code < 0 ? NoAnswer : code >= 0x8000 ? code - 0x10000 : code;
                }

                if (_clock.Now > until)
                {
                    return NoAnswer;
                }
            }
        }

        /// <summary>Gives the bus back.</summary>
        public void Close()
        {
            _line.Close();
        }

        /// <summary>Gets the configuration that starts a conversion.</summary>
        internal static int ConfigurationFor(int input, int gain) => StartOrReady | ((4 + input) << 12) | (gain << 9) | Fixed;
    }
}
