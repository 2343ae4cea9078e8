// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Firmware.Events;
using NeuroMCU.Firmware.Log;
using NeuroMCU.Firmware.Network;
using NeuroMCU.Firmware.Runs;
using NeuroMCU.Hardware.Panel;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Panel
{
    /// <summary>
    /// The button of a device without a host. A short press runs the other one of the two stored networks, a long one shows something else
    /// on the display. While a host reads the spikes, the network is the host's.
    /// </summary>
    internal sealed class NetworkButton
    {
        // Longer than contacts bounce.
        private const int Look = 50000;
        private const int Long = 1000000;

        private readonly PushButton _button;
        private readonly NetworkHolder _networks;
        private readonly RunControl _runs;
        private readonly EventSender _events;
        private readonly DisplayPainter _painter;
        private readonly DeviceLog _log;
        private long _next;
        private long _since;
        private bool _down;
        private bool _served;

        /// <summary>Initializes a new instance of the <see cref="NetworkButton" /> class.</summary>
        /// <param name="painter">What draws the display; null when there is none.</param>
        internal NetworkButton(PushButton button, NetworkHolder networks, RunControl runs, EventSender events, DisplayPainter painter,
            DeviceLog log)
        {
            _button = button;
            _networks = networks;
            _runs = runs;
            _events = events;
            _painter = painter;
            _log = log;
        }

        /// <summary>Looks at the button when it is time for that.</summary>
        /// <param name="hosted">True when a host reads the spikes.</param>
        internal void Turn(long now, bool hosted)
        {
            if (now < _next)
            {
                return;
            }

            _next = now + Look;
            bool down = _button.IsDown;
            if (down && !_down)
            {
                _since = now;
                _served = false;
            }
            else if (down && !_served && now - _since >= Long)
            {
                _served = true;
                if (_painter != null)
                {
                    _painter.ShowNext();
                }
            }
            else if (!down && _down && !_served)
            {
                Change(hosted);
            }

            _down = down;
        }

        private void Change(bool hosted)
        {
            if (hosted)
            {
                _log.Write("button: a host has the network");
                return;
            }

            int code = _runs.State == DeviceState.Fault ? ErrorCode.Faulted : _networks.LoadOther(_runs);
            _events.Reset();
            if (code == ErrorCode.None)
            {
                code = _runs.Start(0, RunMode.RealTime, 0, null);
            }

            _log.Write(code == ErrorCode.None ? "button: network " + _networks.Current.Labels.Network
                : code == ErrorCode.NoNetwork ? "button: there is no other stored network"
                : code == ErrorCode.UnsavedNetwork ? "button: the network is not stored and would be lost"
                : "button: refused, code " + code.ToString() + " (" + _networks.Detail.ToString() + ")");
        }
    }
}
