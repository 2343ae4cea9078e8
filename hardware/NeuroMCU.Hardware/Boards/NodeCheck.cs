// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Converters;
using NeuroMCU.Hardware.Nodes;

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>Refuses a node array whose own numbers would harm its nodes.</summary>
    internal static class NodeCheck
    {
        /// <summary>Most nodes that an array may have.</summary>
        internal const int MaxNodes = 256;

        /// <summary>Checks an array.</summary>
        /// <param name="nodes">The array; null when the board has none.</param>
        internal static void Check(BoardNodes nodes)
        {
            if (nodes == null)
            {
                return;
            }

            if (nodes.Kind <= NodeArrayKind.None || nodes.Rows < 1 || nodes.Columns < 1 || nodes.Rows > MaxNodes
                || nodes.Columns > MaxNodes || nodes.Count > MaxNodes || nodes.FullScale < 1 || nodes.PulseShare < 1
                || nodes.PulseShare >= 1000000 || nodes.PulseMicroseconds < 1 || nodes.MaxMicroamperes < 1 || nodes.SettleMilliseconds < 0
                || nodes.ReadNoise < 0)
            {
                throw new BoardProfileException(BoardFault.BadNodes, 0);
            }

            if (nodes.ReadMillivolts < 1 || nodes.ReadMillivolts > nodes.DisturbMillivolts)
            {
                throw new BoardProfileException(BoardFault.NodeDisturb, nodes.ReadMillivolts);
            }

            if (nodes.PulseMillivolts <= nodes.DisturbMillivolts || nodes.PulseMillivolts > nodes.MaxMillivolts
                || nodes.PulseMicroseconds > nodes.MaxMicroseconds)
            {
                throw new BoardProfileException(BoardFault.NodeLimits, nodes.PulseMillivolts);
            }

            bool forms = nodes.FormFromMillivolts != 0;
            if (forms && (nodes.FormFromMillivolts < 1 || nodes.FormToMillivolts < nodes.FormFromMillivolts
                || nodes.FormToMillivolts > nodes.MaxMillivolts || nodes.FormStepMillivolts < 1
                || nodes.FormMicroseconds < 1 || nodes.FormMicroseconds > nodes.MaxMicroseconds))
            {
                throw new BoardProfileException(BoardFault.NodeLimits, nodes.FormToMillivolts);
            }
        }

        /// <summary>Checks that the board has the parts that its array needs, and takes the pins that it has of its own.</summary>
        /// <param name="profile">The profile, its chips checked.</param>
        internal static void CheckParts(PinClaims pins, BoardProfile profile)
        {
            BoardNodes nodes = profile.Nodes;
            if (nodes == null || nodes.Kind <= NodeArrayKind.Virtual)
            {
                return;
            }

            bool complete = nodes.Kind == NodeArrayKind.Potentiometers ? HasPotentiometers(profile) : HasCrossbar(profile);
            if (!complete || nodes.FeedbackOhms < 1 || First(profile, ChipKind.Ad5328) < 0)
            {
                throw new BoardProfileException(BoardFault.NodeParts, nodes.Kind);
            }

            pins.Claim(nodes.EnablePin, true);
            pins.Claim(nodes.WritePin, true);
        }

        private static bool HasPotentiometers(BoardProfile profile)
        {
            BoardNodes nodes = profile.Nodes;
            int dac = First(profile, ChipKind.Ad5328);
            int adc = First(profile, ChipKind.Mcp3208);
            int outputs = nodes.LastRowLeaks ? nodes.Rows - 1 + nodes.Columns : nodes.Rows;
            return dac >= 0 && adc >= 0 && Count(profile, I2cKind.Mcp4461) * Mcp4461.Wipers == nodes.LastingCount
                && outputs <= Ad5328.Channels && nodes.Columns <= Mcp3208.Channels && nodes.Columns % Mcp4461.Wipers == 0
                && profile.Spi[dac].Reference == profile.Spi[adc].Reference && 2 * nodes.ReadMillivolts <= profile.Spi[dac].Reference;
        }

        private static bool HasCrossbar(BoardProfile profile)
        {
            BoardNodes nodes = profile.Nodes;
            return Count(profile, I2cKind.Adg715) == 2 && Count(profile, I2cKind.Ads1115) * Ads1115.Inputs >= nodes.Columns
                && nodes.Rows <= Adg715.Switches && nodes.Columns <= Adg715.Switches && nodes.EnablePin >= 0 && nodes.WritePin >= 0
                && nodes.MaxMillivolts <= CrossbarArray.MostMillivolts;
        }

        private static int Count(BoardProfile profile, int chip)
        {
            int count = 0;
            for (int i = 0; i < profile.I2c.Length; i++)
            {
                // A crossbar's chips are on the bus itself: a pulse waits for no bus switch.
                count += profile.I2c[i].Chip == chip && (chip == I2cKind.Mcp4461 || profile.I2c[i].Switch < 0) ? 1 : 0;
            }

            return count;
        }

        /// <summary>Gets the first chip of a kind on SPI; -1 when there is none.</summary>
        internal static int First(BoardProfile profile, int chip)
        {
            for (int i = 0; i < profile.Spi.Length; i++)
            {
                if (profile.Spi[i].Chip == chip)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
