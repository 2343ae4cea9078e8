// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Firmware.Nodes;
using NeuroMCU.Hardware.Panel;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Panel
{
    /// <summary>
    /// The node array as it lies on the board: a square for each node, filled from below as far as its last reading goes. A node that keeps
    /// what it is given has a whole frame, any other one its corners; a masked one is crossed out.
    /// </summary>
    internal sealed class NodeView : View
    {
        private const int Top = 8;
        private const int Room = 48;
        private const int Largest = 11;
        private const int Million = 1000000;
        private const int NodesPerPart = 4;

        private readonly NodeBank _bank;
        private readonly int _pitch;

        internal NodeView(NodeBank bank)
        {
            _bank = bank;
            int down = Room / bank.Limits.Rows;
            int across = Canvas.Width / bank.Limits.Columns;
            int pitch = down < across ? down : across;
            _pitch = pitch > Largest ? Largest : pitch;
        }

        /// <inheritdoc />
        internal override bool Draw(Canvas canvas, int part)
        {
            int end = (part + 1) * NodesPerPart;
            for (int number = part * NodesPerPart; number < end && number < _bank.Count; number++)
            {
                int x = (number % _bank.Limits.Columns) * _pitch;
                int y = Top + ((number / _bank.Limits.Columns) * _pitch);
                Draw(canvas, _bank.Nodes[number], x, y, _pitch > 2 ? _pitch - 1 : 1);
            }

            return end < _bank.Count;
        }

        private static void Draw(Canvas canvas, KnownNode node, int x, int y, int size)
        {
            int reading = node.Reading < 0 ? 0 : node.Reading > Million ? Million : node.Reading;
            int tall = (int)((((long)reading * size) + (Million / 2)) / Million);
            canvas.Fill(x, y + size - tall, size, tall);
            int last = size - 1;
            if (node.Mode == NodeMode.Keeping && size > 3)
            {
                canvas.Fill(x, y, size, 1);
                canvas.Fill(x, y + last, size, 1);
                canvas.Fill(x, y, 1, size);
                canvas.Fill(x + last, y, 1, size);
            }
            else
            {
                canvas.Set(x, y);
                canvas.Set(x + last, y);
                canvas.Set(x, y + last);
                canvas.Set(x + last, y + last);
            }

            if (node.Masked)
            {
                canvas.Line(x, y, x + last, y + last);
                canvas.Line(x, y + last, x + last, y);
            }
        }
    }
}
