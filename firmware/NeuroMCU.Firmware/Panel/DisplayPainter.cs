// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Firmware.Log;
using NeuroMCU.Firmware.Network;
using NeuroMCU.Firmware.Nodes;
using NeuroMCU.Firmware.Outputs;
using NeuroMCU.Firmware.Runs;
using NeuroMCU.Hardware.Panel;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Panel
{
    /// <summary>
    /// Shows on the display how the device is: twice a second a picture is drawn, and of it the stripes are sent that have changed. Each
    /// turn does one small part of that, and rather none while there is other work.
    /// </summary>
    internal sealed class DisplayPainter
    {
        private const int Frame = 500000;
        private const int Pause = 4000;
        private const int Patience = 100000;
        private const int Retry = 5000000;
        private const int StatusRow = (Canvas.Height / 8) - 1;
        private const int Second = 1000000;

        // IL instructions, rounded up, that drawing one part and comparing and sending one stripe take.
        private const int PartOperations = 4000;
        private const int StripeOperations = 600;

        private readonly IDisplay _display;
        private readonly NetworkHolder _networks;
        private readonly RunControl _runs;
        private readonly ReadoutWatch _readouts;
        private readonly NodeBank _nodes;
        private readonly DeviceLog _log;
        private readonly Canvas _canvas = new Canvas();
        private LoadedNetwork _network;
        private string _title = string.Empty;
        private View[] _views = new View[0];
        private RateView _rates;
        private int _choice;
        private int _stage = Stage.Begin;
        private int _part;
        private bool _lit;
        private bool _missing;
        private long _frame;
        private long _due;

        /// <summary>Initializes a new instance of the <see cref="DisplayPainter" /> class.</summary>
        /// <param name="nodes">The nodes; null when the board has none.</param>
        internal DisplayPainter(IDisplay display, NetworkHolder networks, RunControl runs, ReadoutWatch readouts, NodeBank nodes,
            DeviceLog log)
        {
            _display = display;
            _networks = networks;
            _runs = runs;
            _readouts = readouts;
            _nodes = nodes;
            _log = log;
        }

        /// <summary>Gets the number of IL instructions that drawing has taken, roughly.</summary>
        internal long Operations { get; private set; }

        /// <summary>Shows something else: a direction, nodes and rates in turn, those that there are.</summary>
        internal void ShowNext()
        {
            _choice++;
        }

        /// <summary>Does the next small part of the work when it is due.</summary>
        /// <param name="busy">True when there is other work: then it waits for a while.</param>
        /// <param name="hosted">True when a host reads the spikes.</param>
        internal void Turn(long now, bool busy, bool hosted)
        {
            if (now < _due || (busy && now < _due + Patience))
            {
                return;
            }

            _due = now + Pause;
            switch (_stage)
            {
                case Stage.Begin:
                    if (Answered(_display.Begin(), now))
                    {
                        _lit = false;
                        _frame = now;
                        _stage = Stage.Title;
                    }

                    break;
                case Stage.Title:
                    Bind();
                    _canvas.Clear();
                    _canvas.Write(0, 0, _title, 1);
                    WriteStatus(hosted);
                    Operations += PartOperations;
                    _part = 0;
                    _stage = _views.Length == 0 ? Stage.Send : Stage.View;
                    break;
                case Stage.View:
                    _stage = _views[_choice % _views.Length].Draw(_canvas, _part) ? Stage.View : Stage.Send;
                    Operations += PartOperations;
                    _part = _stage == Stage.Send ? 0 : _part + 1;
                    break;
                default:
                    Send(now);
                    break;
            }
        }

        private void Send(long now)
        {
            if (!_lit && _part == 0)
            {
                // What the display holds after power-on is chance.
                _canvas.Forget();
            }

            int stripe = _canvas.NextChanged(_part);
            Operations += (stripe - _part + 1) * StripeOperations;
            if (stripe < Canvas.Stripes)
            {
                if (Answered(_display.Show(_canvas, stripe), now))
                {
                    _canvas.Accept(stripe);
                    _part = stripe + 1;
                }

                return;
            }

            if (_lit || Answered(_display.Light(), now))
            {
                _lit = true;
                _stage = Stage.Title;
                _frame += Frame;
                _frame = _frame < now ? now : _frame;
                _due = _frame;
            }
        }

        // A display that is pulled off, or was never there, is looked for now and then; the network goes on.
        private bool Answered(bool answered, long now)
        {
            if (answered)
            {
                if (_missing)
                {
                    _missing = false;
                    _log.Write("display: found");
                }

                return true;
            }

            if (!_missing)
            {
                _missing = true;
                _log.Write("display: does not answer");
            }

            _stage = Stage.Begin;
            _due = now + Retry;
            return false;
        }

        private void Bind()
        {
            LoadedNetwork network = _networks.Current;
            if (network != _network || _views.Length == 0)
            {
                _network = network;
                _choice = 0;
                _title = network == null ? "no network" : network.Labels.Network;
                _rates = network == null ? null : new RateView(network.Engine);
                int count = 0;
                View[] views = new View[3];
                if (network != null && network.Readouts.Length > 0)
                {
                    views[count++] = new DirectionView(_readouts, network);
                }

                if (_nodes != null)
                {
                    views[count++] = new NodeView(_nodes);
                }

                if (network != null)
                {
                    views[count++] = _rates;
                }

                _views = new View[count];
                for (int k = 0; k < count; k++)
                {
                    _views[k] = views[k];
                }
            }
            else if (_rates != null)
            {
                _rates.Sample();
            }
        }

        private void WriteStatus(bool hosted)
        {
            string text;
            switch (_runs.State)
            {
                case DeviceState.Running:
                    text = "run " + (_network == null ? 0 : _network.Engine.Time / Second).ToString() + " s";
                    break;
                case DeviceState.Fault:
                    text = "fault " + _runs.Fault.ToString() + " (" + _runs.FaultDetail.ToString() + ")";
                    break;
                case DeviceState.Safe:
                    text = "host lost";
                    break;
                default:
                    text = "stopped";
                    break;
            }

            _canvas.Write(0, StatusRow, text, 1);
            if (hosted)
            {
                _canvas.Write(Canvas.Width - (4 * Canvas.Pitch), StatusRow, "host", 1);
            }
        }

        private static class Stage
        {
            internal const int Begin = 0;
            internal const int Title = 1;
            internal const int View = 2;
            internal const int Send = 3;
        }
    }
}
