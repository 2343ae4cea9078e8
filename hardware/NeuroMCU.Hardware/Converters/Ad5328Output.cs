// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Converters
{
    /// <summary>One output of an AD5328.</summary>
    internal sealed class Ad5328Output : IAnalogOutput
    {
        private readonly Ad5328 _chip;
        private readonly int _channel;

        /// <summary>Initializes a new instance of the <see cref="Ad5328Output" /> class with a first code.</summary>
        /// <param name="channel">0 to 7 for A to H.</param>
        public Ad5328Output(Ad5328 chip, int channel, int code)
        {
            _chip = chip;
            _channel = channel;
            Write(code);
        }

        /// <inheritdoc />
        public int FullCode => Ad5328.FullCode;

        /// <inheritdoc />
        public void Write(int code)
        {
            _chip.Write(_channel, code);
        }

        /// <summary>Does nothing: the chip is closed by who opened it.</summary>
        public void Close()
        {
        }
    }
}
