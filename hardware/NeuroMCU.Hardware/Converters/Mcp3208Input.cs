// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Converters
{
    /// <summary>One input of an MCP3208.</summary>
    internal sealed class Mcp3208Input : IAnalogInput
    {
        private readonly Mcp3208 _chip;
        private readonly int _channel;

        /// <summary>Initializes a new instance of the <see cref="Mcp3208Input" /> class.</summary>
        /// <param name="channel">0 to 7.</param>
        public Mcp3208Input(Mcp3208 chip, int channel)
        {
            _chip = chip;
            _channel = channel;
        }

        /// <inheritdoc />
        public int FullCode => Mcp3208.FullCode;

        /// <inheritdoc />
        public int Read() => _chip.Read(_channel);

        /// <summary>Does nothing: the chip is closed by who opened it.</summary>
        public void Close()
        {
        }
    }
}
