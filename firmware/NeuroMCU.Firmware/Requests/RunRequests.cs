// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Engine;
using NeuroMCU.Firmware.Events;
using NeuroMCU.Firmware.Links;
using NeuroMCU.Firmware.Network;
using NeuroMCU.Firmware.Runs;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Requests
{
    /// <summary>START, STOP, STEP, RESET, INJECT and FAULT_CLEAR.</summary>
    internal sealed class RunRequests
    {
        // Beyond any run, and far enough from the end of a long for sums.
        private const long LatestTime = 1L << 60;

        private readonly NetworkHolder _networks;
        private readonly RunControl _runs;
        private readonly EventSender _events;
        private readonly StartRequest _start = new StartRequest();
        private readonly StepRequest _step = new StepRequest();
        private readonly InjectList _inject = new InjectList();
        private readonly InjectAnswer _injected = new InjectAnswer();
        private readonly RunStarted _started = new RunStarted();
        private readonly RunTotals _totals = new RunTotals();

        internal RunRequests(NetworkHolder networks, RunControl runs, EventSender events)
        {
            _networks = networks;
            _runs = runs;
            _events = events;
        }

        /// <summary>Answers the request of a link.</summary>
        /// <returns>False when the request does not concern the run.</returns>
        internal bool Handle(HostLink link)
        {
            switch (link.Decoder.Type)
            {
                case MessageType.Start:
                    if (_start.Read(link.Decoder.Body))
                    {
                        Start(link, _start.Duration, _start.Mode, _start.LinkTimeout);
                    }
                    else
                    {
                        link.Refuse(ErrorCode.BadBody, 0);
                    }

                    return true;
                case MessageType.Step:
                    if (!_step.Read(link.Decoder.Body))
                    {
                        link.Refuse(ErrorCode.BadBody, 0);
                    }
                    else if (!_step.InRange(out int bad))
                    {
                        link.Refuse(ErrorCode.BadValue, bad);
                    }
                    else
                    {
                        Start(link, _step.Duration, RunMode.Fast, RunControl.ProfileLinkTimeout);
                    }

                    return true;
                case MessageType.Stop:
                    _runs.End(EndReason.Stopped);
                    _runs.Total(_totals);
                    _totals.Write(link.BeginAnswer());
                    link.EndAnswer();
                    return true;
                case MessageType.Reset:
                    Reset(link);
                    return true;
                case MessageType.Inject:
                    Inject(link);
                    return true;
                case MessageType.FaultClear:
                    _runs.ClearFault();
                    link.BeginAnswer();
                    link.EndAnswer();
                    return true;
                default:
                    return false;
            }
        }

        private void Start(HostLink link, long duration, int mode, int linkTimeout)
        {
            int code = _runs.Start(duration, mode, linkTimeout, link);
            if (code != ErrorCode.None)
            {
                link.Refuse(code, code == ErrorCode.Faulted ? _runs.Fault : mode);
                return;
            }

            NetworkEngine engine = _networks.Current.Engine;
            _started.Run = _runs.Run;
            _started.Time = engine.Time;
            _started.FirstSpike = _runs.FirstSpike;
            _started.DroppedSpikes = (uint)engine.Spikes.Dropped;
            _started.FirstSample = _runs.FirstSample;
            _started.DroppedSamples = (uint)engine.Traces.Dropped;
            _started.Write(link.BeginAnswer());
            link.EndAnswer();
        }

        private void Reset(HostLink link)
        {
            if (_networks.Current == null)
            {
                link.Refuse(ErrorCode.NoNetwork, 0);
                return;
            }

            // In a run it would make the numbers of spikes that are under way ambiguous.
            if (_runs.IsRunning)
            {
                link.Refuse(ErrorCode.Running, 0);
                return;
            }

            _runs.Rewind();
            _events.Reset();
            link.BeginAnswer();
            link.EndAnswer();
        }

        private void Inject(HostLink link)
        {
            if (_networks.Current == null)
            {
                link.Refuse(ErrorCode.NoNetwork, 0);
                return;
            }

            if (!_inject.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
                return;
            }

            if (_inject.Base > LatestTime)
            {
                link.Refuse(ErrorCode.BadValue, (int)(_inject.Base >> 32));
                return;
            }

            NetworkEngine engine = _networks.Current.Engine;
            for (int k = 0; k < _inject.Count; k++)
            {
                if (!_networks.Current.IsSource(_inject.Neurons[k]))
                {
                    link.Refuse(ErrorCode.OutOfRange, _inject.Neurons[k]);
                    return;
                }
            }

            long start = _inject.Base == InjectList.Now ? engine.Time : _inject.Base;
            int accepted = 0;
            while (accepted < _inject.Count && engine.Inject(_inject.Neurons[accepted], start + _inject.Offsets[accepted]))
            {
                accepted++;
            }

            _injected.Accepted = accepted;
            _injected.Write(link.BeginAnswer());
            link.EndAnswer();
        }
    }
}
