// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Models.Machine
{
    /// <summary>What stands in code of 32-bit words besides operands: constants of 64 bits, and which clips count.</summary>
    internal static class Words
    {
        /// <summary>Reads two words, the lower one first.</summary>
        internal static long Long(int[] code, int at) => ((long)code[at + 1] << 32) | (code[at] & 0xFFFFFFFFL);

        /// <summary>
        /// Adds up what was clipped at the ends that count, as the last word of an instruction says: 1 the upper, 2 the lower. Clipping
        /// above is no loss where a spike resets the variable. How many met the upper end is in the upper half of the result.
        /// </summary>
        internal static long Counted(int[] code, int at, int above, int below, int met)
        {
            int flags = code[at + Operation.Words(code[at]) - 1];
            return ((flags & 1) != 0 ? above : 0) + ((flags & 2) != 0 ? below : 0) + ((long)met << 32);
        }

        /// <summary>The clips of such a sum.</summary>
        internal static int Clips(long counted) => (int)counted;

        /// <summary>Tells of such a sum whether any value has met its upper end.</summary>
        internal static bool HasMetEnd(long counted) => counted >> 32 != 0;
    }
}
