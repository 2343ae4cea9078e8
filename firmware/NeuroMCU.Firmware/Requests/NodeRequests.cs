// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Platform;
using NeuroMCU.Firmware.Links;
using NeuroMCU.Firmware.Nodes;
using NeuroMCU.Firmware.Runs;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Requests
{
    /// <summary>Requests that concern the node array.</summary>
    internal sealed class NodeRequests
    {
        private readonly IClock _clock;
        private readonly NodeBank _bank;
        private readonly NodeSession _session;
        private readonly NodeStore _store;
        private readonly NodePupil _pupil;
        private readonly RunControl _runs;
        private readonly NodeAnswers _answers;
        private readonly NodeReadRequest _read = new NodeReadRequest();
        private readonly NodePulse _pulse = new NodePulse();
        private readonly NodePulsed _pulsed = new NodePulsed();
        private readonly NodeTargets _targets = new NodeTargets();
        private readonly NodeStart _start = new NodeStart();
        private readonly NodeStepsRequest _steps = new NodeStepsRequest();
        private readonly NodeSet _set = new NodeSet();
        private readonly NodeLesson _lesson = new NodeLesson();
        private readonly NodeShow _show = new NodeShow();
        private readonly NodeShown _shown = new NodeShown();
        private readonly NodeStored _stored = new NodeStored();
        private readonly FirstIndex _first = new FirstIndex();

        internal NodeRequests(IClock clock, NodeBank bank, NodeSession session, NodeStore store, NodePupil pupil,
            RunControl runs)
        {
            _clock = clock;
            _bank = bank;
            _session = session;
            _store = store;
            _pupil = pupil;
            _runs = runs;
            _answers = new NodeAnswers(bank, session.Worker, store);
        }

        /// <summary>Says whether a request concerns nodes beside a run: the host that runs the network has read them, and another one may
        /// change them meanwhile.</summary>
        internal bool IsBesideRun(int type) => type >= MessageType.NodeInfo && type <= MessageType.NodeLesson && _runs.IsRunning;

        /// <summary>Answers the request of a link.</summary>
        /// <returns>False when the request does not concern nodes.</returns>
        internal bool Handle(HostLink link)
        {
            int type = link.Decoder.Type;
            if (type < MessageType.NodeInfo || type > MessageType.NodeLesson)
            {
                return false;
            }

            try
            {
                Answer(link, type);
            }
#pragma warning disable CA1031 // A driver may throw anything; the host gets the node, and no voltage stays on the array.
            catch (Exception)
#pragma warning restore CA1031
            {
                _session.Fail();
                link.Refuse(ErrorCode.NodeParts, _bank.Suspect);
            }

            return true;
        }

        private static void Done(HostLink link)
        {
            link.BeginAnswer();
            link.EndAnswer();
        }

        private void Answer(HostLink link, int type)
        {
            if (type == MessageType.NodeInfo)
            {
                _answers.Info(link);
                return;
            }

            switch (type)
            {
                case MessageType.NodeProgress:
                    _answers.Progress(link);
                    break;
                case MessageType.NodeCancel:
                    _session.Worker.End(NodeState.Cancelled);
                    _answers.Progress(link);
                    break;
                case MessageType.NodeLesson:
                    Lesson(link);
                    break;
                case MessageType.NodeRead:
                    Read(link);
                    break;
                case MessageType.NodeSteps:
                    Steps(link);
                    break;
                case MessageType.NodeResults:
                case MessageType.NodeList:
                    List(link, type);
                    break;
                default:
                    Change(link, type);
                    break;
            }
        }

        // What is refused while work goes on.
        private void Change(HostLink link, int type)
        {
            if (_session.Worker.IsGoing || _bank.IsHeld)
            {
                link.Refuse(ErrorCode.NodeBusy, _session.Worker.Number);
                return;
            }

            switch (type)
            {
                case MessageType.NodePulse:
                    Pulse(link);
                    break;
                case MessageType.NodeTargets:
                    Targets(link);
                    break;
                case MessageType.NodeStart:
                    Start(link);
                    break;
                case MessageType.NodeSet:
                    Set(link);
                    break;
                case MessageType.NodeStore:
                    Store(link);
                    break;
                case MessageType.NodeLearn:
                case MessageType.NodeShow:
                    Teach(link, type);
                    break;
                default:
                    Forget(link);
                    break;
            }
        }

        private void Read(HostLink link)
        {
            if (!_read.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
            }
            else if (!_read.InRange(out int bad))
            {
                link.Refuse(ErrorCode.BadValue, bad);
            }
            else if (_read.First + _read.Count > _bank.Count)
            {
                link.Refuse(ErrorCode.NoNode, _bank.Count);
            }
            else
            {
                _answers.Readings(link, _read, _clock);
            }
        }

        private void Steps(HostLink link)
        {
            if (!_steps.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
            }
            else if (!_answers.Steps(link, _steps.From))
            {
                link.Refuse(ErrorCode.OutOfRange, _session.Worker.Steps.Count);
            }
        }

        private void List(HostLink link, int type)
        {
            if (!_first.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
            }
            else if (_first.First >= _bank.Count)
            {
                link.Refuse(ErrorCode.NoNode, _first.First);
            }
            else if (type == MessageType.NodeResults)
            {
                _answers.Results(link, _first.First);
            }
            else
            {
                _answers.List(link, _first.First);
            }
        }

        private void Pulse(HostLink link)
        {
            if (!_pulse.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
                return;
            }

            if (!_pulse.InRange(out int bad))
            {
                link.Refuse(ErrorCode.BadValue, bad);
                return;
            }

            if (_runs.State == DeviceState.Fault)
            {
                link.Refuse(ErrorCode.Faulted, _runs.Fault);
                return;
            }

            int code = _bank.Refusal(
                _pulse.Node, _pulse.Millivolts, _pulse.Microseconds, _pulse.Microamperes, _pulse.Count, out int detail);
            if (code != ErrorCode.None)
            {
                link.Refuse(code, detail);
                return;
            }

            // A long pulse would hold the answers of a run: the reading comes before it.
            bool isLong = _pulse.Microseconds > NodeBank.LongestTurn;
            _pulsed.Reading = isLong ? _bank.Read(_pulse.Node, 1) : 0;
            _session.Claim(link);
            _bank.Pulse(_pulse.Node, _pulse.Millivolts, _pulse.Microseconds, _pulse.Microamperes, _pulse.Count);
            _pulsed.Reading = isLong ? _pulsed.Reading : _bank.Read(_pulse.Node, 1);
            _pulsed.Left = _bank.Left;
            _pulsed.Time = _clock.Now;
            _pulsed.Write(link.BeginAnswer());
            link.EndAnswer();
        }

        private void Targets(HostLink link)
        {
            if (!_targets.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
                return;
            }

            if (!_targets.InRange(out int bad))
            {
                link.Refuse(ErrorCode.BadValue, bad);
                return;
            }

            // All are checked before one is set.
            for (int k = 0; k < _targets.Count; k++)
            {
                int code = _session.TargetRefusal(_targets.First + k, _targets.Targets[k]);
                if (code != ErrorCode.None)
                {
                    link.Refuse(code, _targets.First + k);
                    return;
                }
            }

            for (int k = 0; k < _targets.Count; k++)
            {
                _bank.Nodes[_targets.First + k].Target = _targets.Targets[k];
            }

            Done(link);
        }

        private void Start(HostLink link)
        {
            if (!_start.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
                return;
            }

            if (!_start.InRange(out int bad))
            {
                link.Refuse(ErrorCode.BadValue, bad);
                return;
            }

            if (_runs.State == DeviceState.Fault)
            {
                link.Refuse(ErrorCode.Faulted, _runs.Fault);
                return;
            }

            // Forming changes what a node does, in the field and while the network runs: a pulse now and then. Other work pulses and
            // reads without a pause.
            if (_runs.IsRunning && _start.Work != NodeWork.Form)
            {
                link.Refuse(ErrorCode.Running, 0);
                return;
            }

            int code = _session.StartRefusal(_start, out int detail);
            if (code != ErrorCode.None)
            {
                link.Refuse(code, detail);
                return;
            }

            if (!_session.Worker.Start(_start, _clock.Now))
            {
                link.Refuse(ErrorCode.NodeNothing, _start.Work);
                return;
            }

            _session.Claim(link);
            _answers.Progress(link);
        }

        private void Set(HostLink link)
        {
            if (!_set.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
                return;
            }

            if (!_set.InRange(out int bad))
            {
                link.Refuse(ErrorCode.BadValue, bad);
                return;
            }

            if (_set.Node >= _bank.Count)
            {
                link.Refuse(ErrorCode.NoNode, _set.Node);
                return;
            }

            int code = _session.ModeRefusal(_set.Node, _set.Mode);
            if (code != ErrorCode.None)
            {
                link.Refuse(code, _set.Node);
                return;
            }

            KnownNode node = _bank.Nodes[_set.Node];
            node.Mode = _set.Mode == NodeMode.Unknown ? node.Mode : _set.Mode;
            node.Masked = _set.Masked == 2 ? node.Masked : _set.Masked == 1;
            Done(link);
        }

        // Readings and pulses of a presentation would hold a run.
        private void Teach(HostLink link, int type)
        {
            if (_runs.State == DeviceState.Fault)
            {
                link.Refuse(ErrorCode.Faulted, _runs.Fault);
            }
            else if (_runs.IsRunning)
            {
                link.Refuse(ErrorCode.Running, 0);
            }
            else if (type == MessageType.NodeLearn)
            {
                Learn(link);
            }
            else
            {
                Show(link);
            }
        }

        private void Learn(HostLink link)
        {
            if (!_lesson.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
                return;
            }

            if (!_lesson.InRange(out int bad))
            {
                link.Refuse(ErrorCode.BadValue, bad);
                return;
            }

            int code = _pupil.Refusal(_lesson, out int detail);
            if (code != ErrorCode.None)
            {
                link.Refuse(code, detail);
                return;
            }

            _pupil.Begin(_lesson);
            Lesson(link);
        }

        private void Show(HostLink link)
        {
            if (!_show.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
            }
            else if (!_show.InRange(out int bad))
            {
                link.Refuse(ErrorCode.BadValue, bad);
            }
            else if (_pupil.Trainer == null)
            {
                link.Refuse(ErrorCode.NodeNothing, 0);
            }
            else if (!_pupil.Show(_show, _shown))
            {
                link.Refuse(ErrorCode.BadValue, _show.Count);
            }
            else
            {
                _shown.Write(link.BeginAnswer());
                link.EndAnswer();
            }
        }

        private void Lesson(HostLink link)
        {
            _pupil.Lesson().Write(link.BeginAnswer());
            link.EndAnswer();
        }

        private void Store(HostLink link)
        {
            if (!_store.Save())
            {
                link.Refuse(ErrorCode.StoreWrite, 0);
                return;
            }

            _stored.Generation = _store.Generation;
            _stored.Write(link.BeginAnswer());
            link.EndAnswer();
        }

        private void Forget(HostLink link)
        {
            if (!_store.Forget())
            {
                link.Refuse(ErrorCode.StoreWrite, 0);
                return;
            }

            Done(link);
        }
    }
}
