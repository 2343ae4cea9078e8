// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Outputs
{
    /// <summary>The values of an output in its own unit: µs of a servo, codes of a converter.</summary>
    internal sealed class OutputRange
    {
        private readonly int _low;
        private readonly int _high;

        /// <summary>Initializes a new instance of the <see cref="OutputRange" /> class.</summary>
        /// <param name="low">Value at level 0.</param>
        /// <param name="high">Value at full level, above <paramref name="low" />.</param>
        public OutputRange(int low, int high, int safe)
        {
            _low = low;
            _high = high;
            Safe = safe;
            SafeLevel = OutputLevel.Map(safe, low, high);
        }

        /// <summary>Gets the value that is safe at any time.</summary>
        public int Safe { get; }

        /// <summary>Gets its level.</summary>
        public int SafeLevel { get; }

        /// <summary>Gets the value of a level.</summary>
        /// <param name="level">0 to <see cref="OutputLevel.Full" />.</param>
        /// <returns>The nearest value.</returns>
        public int Value(int level)
            => _low + (int)((((long)(_high - _low) * level) + (OutputLevel.Full / 2)) / OutputLevel.Full);
    }
}
