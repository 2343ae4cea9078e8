// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Converters;

namespace NeuroMCU.Hardware.Outputs
{
    /// <summary>A converter as an output: a DAC of the ESP32, or a digital potentiometer on SPI.</summary>
    internal sealed class ConverterOutput : IBoardOutput
    {
        private readonly OutputRange _range;
        private readonly IAnalogOutput _converter;

        /// <summary>Initializes a new instance of the <see cref="ConverterOutput" /> class and goes to the safe level.</summary>
        public ConverterOutput(IAnalogOutput converter, OutputRange range)
        {
            _range = range;
            _converter = converter;
            MakeSafe();
        }

        /// <inheritdoc />
        public int Level { get; private set; }

        /// <inheritdoc />
        public void Write(int level)
        {
            Level = OutputLevel.Held(level);
            _converter.Write(_range.Value(Level));
        }

        /// <inheritdoc />
        public void MakeSafe()
        {
            Level = _range.SafeLevel;
            _converter.Write(_range.Safe);
        }

        /// <inheritdoc />
        public void Close()
        {
            MakeSafe();
            _converter.Close();
        }
    }
}
