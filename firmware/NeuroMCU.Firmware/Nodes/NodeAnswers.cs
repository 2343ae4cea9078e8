// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Platform;
using NeuroMCU.Firmware.Links;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Nodes
{
    /// <summary>What the device tells of its nodes.</summary>
    internal sealed class NodeAnswers
    {
        private readonly NodeBank _bank;
        private readonly NodeWorker _worker;
        private readonly NodeStore _store;
        private readonly NodeInfo _info = new NodeInfo();
        private readonly NodeReadings _readings = new NodeReadings();
        private readonly NodeProgress _progress = new NodeProgress();
        private readonly NodeSteps _steps = new NodeSteps();
        private readonly NodeResults _results = new NodeResults();
        private readonly NodeList _list = new NodeList();

        internal NodeAnswers(NodeBank bank, NodeWorker worker, NodeStore store)
        {
            _bank = bank;
            _worker = worker;
            _store = store;
        }

        internal void Info(HostLink link)
        {
            BoardNodes limits = _bank.Limits;
            _info.Rows = limits.Rows;
            _info.Columns = limits.Columns;
            _info.Kind = limits.Kind;
            _info.Flags = (_bank.SetsDirectly ? NodeInfo.SetsDirectly : 0) | (limits.AlwaysVolatile ? NodeInfo.Forgets : 0);
            _info.FullScale = limits.FullScale;
            _info.ReadMillivolts = limits.ReadMillivolts;
            _info.DisturbMillivolts = limits.DisturbMillivolts;
            _info.PulseMillivolts = limits.PulseMillivolts;
            _info.PulseMicroseconds = limits.PulseMicroseconds;
            _info.PulseShare = limits.PulseShare;
            _info.MaxMillivolts = limits.MaxMillivolts;
            _info.MaxMicroseconds = limits.MaxMicroseconds;
            _info.MaxMicroamperes = limits.MaxMicroamperes;
            _info.FormFromMillivolts = limits.FormFromMillivolts;
            _info.FormToMillivolts = limits.FormToMillivolts;
            _info.SettleMilliseconds = limits.SettleMilliseconds;
            _info.ReadNoise = limits.ReadNoise;
            _info.Generation = _store.Generation;
            _info.Write(link.BeginAnswer());
            link.EndAnswer();
        }

        internal void Readings(HostLink link, NodeReadRequest request, IClock clock)
        {
            _readings.First = request.First;
            _readings.Count = request.Count;
            for (int k = 0; k < request.Count; k++)
            {
                _readings.Means[k] = _bank.Read(request.First + k, request.Samples);
                _readings.Lowest[k] = _bank.Lowest;
                _readings.Highest[k] = _bank.Highest;
            }

            _readings.Time = clock.Now;
            _readings.Write(link.BeginAnswer());
            link.EndAnswer();
        }

        internal void Progress(HostLink link)
        {
            _worker.Fill(_progress);
            _progress.Write(link.BeginAnswer());
            link.EndAnswer();
        }

        internal bool Steps(HostLink link, int from)
        {
            if (!_worker.Steps.Fill(_steps, from))
            {
                return false;
            }

            _steps.Write(link.BeginAnswer());
            link.EndAnswer();
            return true;
        }

        internal void Results(HostLink link, int first)
        {
            int left = _bank.Count - first;
            _results.First = first;
            _results.Count = left < NodeResults.MaxNodes ? left : NodeResults.MaxNodes;
            for (int k = 0; k < _results.Count; k++)
            {
                KnownNode node = _bank.Nodes[first + k];
                _results.Outcomes[k] = node.Outcome;
                _results.Pulses[k] = node.Pulses < 65535 ? node.Pulses : 65535;
                _results.Readings[k] = node.Reading;
                _results.Lows[k] = node.Low;
                _results.Highs[k] = node.High;
            }

            _results.Write(link.BeginAnswer());
            link.EndAnswer();
        }

        internal void List(HostLink link, int first)
        {
            int left = _bank.Count - first;
            _list.First = first;
            _list.Count = left < NodeList.MaxNodes ? left : NodeList.MaxNodes;
            for (int k = 0; k < _list.Count; k++)
            {
                KnownNode node = _bank.Nodes[first + k];
                _list.Modes[k] = node.Mode;
                _list.Masked[k] = node.Masked ? 1 : 0;
                _list.Targets[k] = node.Target;
                _list.Lows[k] = node.Low;
                _list.Highs[k] = node.High;
            }

            _list.Write(link.BeginAnswer());
            link.EndAnswer();
        }
    }
}
