// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Converters;

namespace NeuroMCU.Hardware.Outputs
{
    /// <summary>A converter of the ESP32: 8 bits, 0 to 3.3 V, on GPIO25 or GPIO26.</summary>
    public sealed class DacOutput : IBoardOutput
    {
        private readonly BoardOutput _output;
        private readonly InternalDac _converter;

        /// <summary>Initializes a new instance of the <see cref="DacOutput" /> class and goes to the safe level.</summary>
        /// <param name="output">Description, checked.</param>
        public DacOutput(BoardOutput output)
        {
            _output = output;
            _converter = new InternalDac(output.Pin, output.Safe);
            Level = OutputLevel.Map(output.Safe, output.Low, output.High);
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
