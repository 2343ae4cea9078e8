// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>The line that describes the node array.</summary>
    public static partial class BoardText
    {
        private const int NodeNumbers = 23;

        /// <summary>nodes= and the numbers of <see cref="BoardNodes" /> in the order in which it declares them.</summary>
        private static BoardNodes ParseNodes(string value, int line)
        {
            int[] n = Numbers(value, 0, NodeNumbers, line);
            BoardNodes nodes = new BoardNodes();
            nodes.Kind = n[0];
            nodes.Rows = n[1];
            nodes.Columns = n[2];
            nodes.FullScale = n[3];
            nodes.ReadMillivolts = n[4];
            nodes.DisturbMillivolts = n[5];
            nodes.PulseMillivolts = n[6];
            nodes.PulseMicroseconds = n[7];
            nodes.PulseShare = n[8];
            nodes.MaxMillivolts = n[9];
            nodes.MaxMicroseconds = n[10];
            nodes.MaxMicroamperes = n[11];
            nodes.FormFromMillivolts = n[12];
            nodes.FormToMillivolts = n[13];
            nodes.FormStepMillivolts = n[14];
            nodes.FormMicroseconds = n[15];
            nodes.SettleMilliseconds = n[16];
            nodes.AlwaysVolatile = n[17] != 0;
            nodes.ReadNoise = n[18];
            nodes.FeedbackOhms = n[19];
            nodes.EnablePin = n[20];
            nodes.WritePin = n[21];
            nodes.LastRowLeaks = n[22] != 0;
            return nodes;
        }
    }
}
