// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>One output in a board profile.</summary>
    public sealed class BoardOutput
    {
        /// <summary>Name for people, for example 'pointer'.</summary>
        public string Name;

        /// <summary>What the output is made of, one of <see cref="Outputs.OutputKind" />.</summary>
        public int Kind;

        /// <summary>GPIO number; of a potentiometer, the number of its chip on SPI.</summary>
        public int Pin;

        /// <summary>Value at level 0: µs of a servo, code of a DAC, 0 of a pin.</summary>
        public int Low;

        /// <summary>Value at full level.</summary>
        public int High;

        /// <summary>Value that is safe at any time, between <see cref="Low" /> and <see cref="High" />.</summary>
        public int Safe;
    }
}
