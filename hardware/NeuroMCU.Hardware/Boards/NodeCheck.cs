// NeuroMCU, MIT licence. See LICENSE in the repository root.

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
    }
}
