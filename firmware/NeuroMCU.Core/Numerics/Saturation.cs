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
    }
}
