// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Converters;

namespace NeuroMCU.Hardware.Outputs
{
    /// <summary>A digital potentiometer on SPI.</summary>
    public sealed class PotOutput : IBoardOutput
    {
        private readonly BoardOutput _output;
        private readonly IAnalogOutput _converter;

        /// <summary>Initializes a new instance of the <see cref="PotOutput" /> class and goes to the safe level.</summary>
        /// <param name="output">Description, checked.</param>
        /// <param name="converter">What moves the wiper.</param>
        public PotOutput(BoardOutput output, IAnalogOutput converter)
        {
            _output = output;
            _converter = converter;
            MakeSafe();
        }

        /// <inheritdoc />
        public int Level { get; private set; }

        /// <inheritdoc />
        public void Write(int level)
        {
            level = Math.Min(Math.Max(level, 0), OutputLevel.Full);
            Level = level;
            _converter.Write(_output.Low + (int)((((long)(_output.High - _output.Low) * level) + (OutputLevel.Full / 2)) / OutputLevel.Full));
        }

        /// <inheritdoc />
        public void MakeSafe()
        {
            Level = OutputLevel.Map(_output.Safe, _output.Low, _output.High);
            _converter.Write(_output.Safe);
        }

        /// <inheritdoc />
        public void Close()
        {
            MakeSafe();
            _converter.Close();
        }
    }
}
