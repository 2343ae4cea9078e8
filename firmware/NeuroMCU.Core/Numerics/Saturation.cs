// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Numerics
{
    /// <summary>Narrowing that saturates instead of wrapping.</summary>
    public static class Saturation
    {
        /// <summary>Narrows a number to the range of an int.</summary>
        /// <param name="value">Any number.</param>
        /// <returns>The nearest int.</returns>
        public static int ToInt(long value)
        {
            if (value > int.MaxValue)
            {
                return int.MaxValue;
            }

            return value < int.MinValue ? int.MinValue : (int)value;
        }

        /// <summary>Brings a number between two bounds; the device's Math knows this for int only.</summary>
        /// <param name="value">The number.</param>
        /// <param name="least">Lower bound.</param>
        /// <param name="most">Upper bound, not below the lower one.</param>
        /// <returns>The number, or the bound that it lies beyond.</returns>
        public static long Clamp(long value, long least, long most)
        {
            if (value > most)
            {
                return most;
            }

            return value < least ? least : value;
        }
    }
}
