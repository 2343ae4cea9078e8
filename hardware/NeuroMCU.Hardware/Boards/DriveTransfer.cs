// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Converters;

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>The nominal way from a converter's code to a current: I = (V − offset)/resistance above the offset, with V = code ·
    /// reference/full code.</summary>
    public static class DriveTransfer
    {
        /// <summary>Gets the code that gives the reference voltage.</summary>
        /// <param name="kind">One of <see cref="ConverterKind" />.</param>
        /// <returns>The code; 0 for a kind that drives nothing.</returns>
        public static int FullCode(int kind)
        {
            switch (kind)
            {
                case ConverterKind.Internal:
                    return InternalDac.MaxCode;
                case ConverterKind.Spi:
                    return Ad5328.FullCode;
                case ConverterKind.Pwm:
                    return PwmOutput.AlwaysHigh;
                default:
                    return 0;
            }
        }

        /// <summary>Gets the nominal current of a code.</summary>
        /// <param name="channel">The channel, its resistance not 0.</param>
        /// <param name="code">Code of its converter.</param>
        /// <returns>Current in nA, rounded down, at most int.MaxValue.</returns>
        public static int Nanoamps(BoardChannel channel, int code)
        {
            int full = FullCode(channel.DriveKind);
            if (full == 0 || channel.DriveResistance <= 0)
            {
                return 0;
            }

            long nanovolts = (((long)code * channel.DriveReference * 1000000L) / full) - ((long)channel.DriveOffset * 1000000L);
            if (nanovolts <= 0)
            {
                return 0;
            }

            long current = nanovolts / channel.DriveResistance;
            return current > int.MaxValue ? int.MaxValue : (int)current;
        }
    }
}
