// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Firmware.Links;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Requests
{
    /// <summary>
    /// Reads requests from the links and has each of them answered once: by a remembered answer when it is a repetition, by the part of the
    /// firmware that it concerns otherwise. One host at a time controls the device.
    /// </summary>
    internal sealed class RequestHandler
    {
        // A host that has been silent for so long may be replaced by another one. Hosts that stay give a sign of life more often.
        private const long OwnerSilence = 3000000;

        private readonly SessionRequests _session;
        private readonly ImageRequests _images;
        private readonly RunRequests _control;
        private readonly InspectRequests _inspect;
        private readonly BoardRequests _board;
        private readonly NodeRequests _nodes;
        private HostLink _owner;
        private int _ownerConnection;
        private int _stranger;

        internal RequestHandler(SessionRequests session, ImageRequests images, RunRequests control, InspectRequests inspect,
            BoardRequests board, NodeRequests nodes)
        {
            _nodes = nodes;
            _session = session;
            _images = images;
            _control = control;
            _inspect = inspect;
            _board = board;
        }

        /// <summary>Gets the host that listens; null when nobody does.</summary>
        internal HostLink Listener
        {
            get
            {
                return _owner != null && _owner.Greeted && _owner.Trusted && _owner.Transport.IsOpen
                    && _owner.Transport.Connection == _ownerConnection
                    ? _owner
                    : null;
            }
        }

        /// <summary>
        /// Listens to all hosts that have not proved the key, and answers one of them: the next one after the one that was answered
        /// last. So their number does not matter to anybody else.
        /// </summary>
        /// <param name="time">Time in µs on the clock of the hosts.</param>
        /// <returns>True when one was answered.</returns>
        internal bool ServeStranger(HostLink[] links, long now, long time)
        {
            int chosen = -1;
            for (int k = 0; k < links.Length; k++)
            {
                int at = _stranger + 1 + k;
                at = at < links.Length ? at : at - links.Length;
                if (!links[at].Trusted && links[at].Receive(now, time) && chosen < 0)
                {
                    chosen = at;
                }
            }

            if (chosen < 0)
            {
                return false;
            }

            _stranger = chosen;
            Answer(links[chosen], now, time);
            return true;
        }

        /// <summary>Serves requests of a link until it has none left or the line is full.</summary>
        /// <param name="time">Time in µs on the clock of the hosts.</param>
        /// <returns>Number of requests served.</returns>
        internal int Serve(HostLink link, long now, long time, int most)
        {
            int served = 0;
            while (served < most && link.Receive(now, time))
            {
                Answer(link, now, time);
                served++;
            }

            return served;
        }

        private static bool IsOpenToAll(int type)
        {
            return type == MessageType.Hello || type == MessageType.Ping || type == MessageType.AuthBegin || type == MessageType.AuthProve;
        }

        // A second host may look, and change single things, while another one runs the network and receives its events: weights are
        // tuned in one window while the spikes are watched in the other.
        private static bool IsShared(int type)
        {
            switch (type)
            {
                case MessageType.State:
                case MessageType.Counters:
                case MessageType.Saturations:
                case MessageType.Learning:
                case MessageType.Membrane:
                case MessageType.WeightsRead:
                case MessageType.WeightsWrite:
                case MessageType.ImageRead:
                case MessageType.Inject:
                case MessageType.BoardInfo:
                    return true;
                default:
                    return false;
            }
        }

        private void Answer(HostLink link, long now, long time)
        {
            int type = link.Decoder.Type;

            // What changes nothing, or knows by itself that it was repeated, is served every time.
            bool remember = link.Trusted && type != MessageType.Hello && type != MessageType.Ping && type != MessageType.UploadData;
            if (link.AnswerAgain(remember))
            {
                return;
            }

            if (IsOpenToAll(type))
            {
                _session.Handle(link, now);
                if (type == MessageType.Hello && link.Greeted && link.Trusted)
                {
                    Claim(link, time);
                }

                return;
            }

            if (!link.Greeted)
            {
                link.Refuse(ErrorCode.HelloNeeded, 0);
                return;
            }

            if (!link.Trusted)
            {
                link.Refuse(ErrorCode.AuthenticationNeeded, 0);
                return;
            }

            if (!IsShared(type) && (_nodes == null || !_nodes.IsBesideRun(type)) && !Claim(link, time))
            {
                link.Refuse(ErrorCode.OtherHost, 0);
                return;
            }

            if (_nodes == null && type >= MessageType.NodeInfo && type <= MessageType.NodeForget)
            {
                link.Refuse(ErrorCode.NoNodes, 0);
                return;
            }

            if (!_images.Handle(link) && !_control.Handle(link) && !_inspect.Handle(link) && !_board.Handle(link)
                && (_nodes == null || !_nodes.Handle(link)))
            {
                link.Refuse(ErrorCode.UnknownMessage, type);
            }
        }

        private bool Claim(HostLink link, long time)
        {
            if (_owner != null && _owner != link && Listener != null && time - _owner.Heard < OwnerSilence && !_owner.IsStuck(time))
            {
                return false;
            }

            _owner = link;
            _ownerConnection = link.Transport.Connection;
            return true;
        }
    }
}
