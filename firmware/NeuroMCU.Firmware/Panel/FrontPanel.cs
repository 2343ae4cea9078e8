// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Firmware.Events;
using NeuroMCU.Firmware.Log;
using NeuroMCU.Firmware.Network;
using NeuroMCU.Firmware.Nodes;
using NeuroMCU.Firmware.Outputs;
using NeuroMCU.Firmware.Runs;
using NeuroMCU.Hardware.Panel;

namespace NeuroMCU.Firmware.Panel
{
    /// <summary>Display and button of a device that stands by itself. One object, so that a board without them pays for one
    /// field.</summary>
    internal sealed class FrontPanel
    {
        // What one part of a picture takes at most in µs, with a margin: with neurons at pins no spike waits for it.
        private const long PartTime = 6000;

        private readonly DisplayPainter _painter;
        private readonly NetworkButton _button;
        private readonly RunControl _runs;

        /// <summary>Initializes a new instance of the <see cref="FrontPanel" /> class.</summary>
        /// <param name="nodes">The nodes; null when the board has none.</param>
        internal FrontPanel(PanelParts parts, NetworkHolder networks, RunControl runs, ReadoutWatch readouts, EventSender events,
            NodeBank nodes, DeviceLog log)
        {
            _runs = runs;
            _painter = parts.Display == null ? null : new DisplayPainter(parts.Display, networks, runs, readouts, nodes, log);
            _button = parts.Button == null ? null : new NetworkButton(parts.Button, networks, runs, events, _painter, log);
        }

        /// <summary>Gets the number of IL instructions that drawing has taken, roughly.</summary>
        internal long Operations => _painter == null ? 0 : _painter.Operations;

        /// <summary>Looks at the button, and does a small part of a picture.</summary>
        /// <param name="busy">True when there is other work.</param>
        /// <param name="hosted">True when a host reads the spikes.</param>
        internal void Turn(long now, bool busy, bool hosted)
        {
            if (_button != null)
            {
                _button.Turn(now, hosted);
            }

            if (_painter != null)
            {
                _painter.Turn(now, busy || (_runs.AnswersPins && _runs.NextEvent() - now < PartTime), hosted);
            }
        }
    }
}
