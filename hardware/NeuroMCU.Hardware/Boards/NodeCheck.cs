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

        /// <summary>Checks that the board has the parts that its array needs.</summary>
        /// <param name="profile">The profile, its chips checked.</param>
        internal static void CheckParts(BoardProfile profile)
        {
            if (profile.Nodes == null || profile.Nodes.Kind != NodeArrayKind.Potentiometers)
            {
                return;
            }

            int pots = 0;
            for (int i = 0; i < profile.I2c.Length; i++)
            {
                pots += profile.I2c[i].Chip == I2cKind.Mcp4461 ? 1 : 0;
            }

            if (pots * Mcp4461.Wipers != profile.Nodes.Count || profile.Nodes.Rows > Ad5328.Channels
                || profile.Nodes.Columns > Mcp3208.Channels || profile.Nodes.Columns % Mcp4461.Wipers != 0
                || profile.Nodes.FeedbackOhms < 1 || First(profile, ChipKind.Ad5328) < 0 || First(profile, ChipKind.Mcp3208) < 0
                || profile.Spi[First(profile, ChipKind.Ad5328)].Reference != profile.Spi[First(profile, ChipKind.Mcp3208)].Reference
                || 2 * profile.Nodes.ReadMillivolts > profile.Spi[First(profile, ChipKind.Ad5328)].Reference)
            {
                throw new BoardProfileException(BoardFault.NodeParts, 0);
            }
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
