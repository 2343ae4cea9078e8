// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Firmware.Links;
using NeuroMCU.Firmware.Network;
using NeuroMCU.Firmware.Outputs;
using NeuroMCU.Firmware.Runs;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Requests
{
    /// <summary>Weights, membranes, state, counters and self-test: what can be looked at, and weights and other numbers also changed, at
    /// any time.</summary>
    internal sealed class InspectRequests
    {
        private readonly NetworkHolder _networks;
        private readonly RunControl _runs;
        private readonly ReadoutWatch _readouts;
        private readonly CounterBoard _board;
        private readonly SelfTest _selfTest;
        private readonly Block _block = new Block();
        private readonly FirstIndex _first = new FirstIndex();
        private readonly SaturationList _saturations = new SaturationList();
        private readonly LearningRequest _learning = new LearningRequest();
        private readonly LearningAnswer _learned = new LearningAnswer();
        private readonly ChangeRequest _change = new ChangeRequest();
        private readonly StateAnswer _state = new StateAnswer();
        private readonly CounterList _counters = new CounterList();
        private readonly SelfTestAnswer _result = new SelfTestAnswer();

        internal InspectRequests(NetworkHolder networks, RunControl runs, ReadoutWatch readouts, CounterBoard board, SelfTest selfTest)
        {
            _networks = networks;
            _runs = runs;
            _readouts = readouts;
            _board = board;
            _selfTest = selfTest;
        }

        /// <summary>Answers the request of a link.</summary>
        /// <returns>False when it is none of these requests.</returns>
        internal bool Handle(HostLink link)
        {
            switch (link.Decoder.Type)
            {
                case MessageType.WeightsRead:
                    ReadWeights(link);
                    return true;
                case MessageType.WeightsWrite:
                    WriteWeights(link);
                    return true;
                case MessageType.Membrane:
                    ReadMembranes(link);
                    return true;
                case MessageType.Saturations:
                    ReadSaturations(link);
                    return true;
                case MessageType.Learning:
                    Learn(link);
                    return true;
                case MessageType.Change:
                    Change(link);
                    return true;
                case MessageType.State:
                    ReadState(link);
                    return true;
                case MessageType.Counters:
                    _board.Fill(_counters, link);
                    _counters.Write(link.BeginAnswer());
                    link.EndAnswer();
                    return true;
                case MessageType.SelfTest:
                    Test(link);
                    return true;
                default:
                    return false;
            }
        }

        private bool CheckBlock(HostLink link, int valueSize, int most, int limit)
        {
            if (!_block.Read(link.Decoder.Body, valueSize))
            {
                link.Refuse(ErrorCode.BadBody, 0);
                return false;
            }

            if (_block.Count > most)
            {
                link.Refuse(ErrorCode.BadValue, _block.Count);
                return false;
            }

            if (_block.First < 0 || _block.First > limit - _block.Count)
            {
                link.Refuse(ErrorCode.OutOfRange, limit);
                return false;
            }

            return true;
        }

        private NetworkEngine Engine(HostLink link)
        {
            if (_networks.Current == null)
            {
                link.Refuse(ErrorCode.NoNetwork, 0);
                return null;
            }

            return _networks.Current.Engine;
        }

        private void ReadWeights(HostLink link)
        {
            NetworkEngine engine = Engine(link);
            if (engine == null || !CheckBlock(link, 0, Block.MaxWeights, engine.SynapseCount))
            {
                return;
            }

            BodyWriter body = link.BeginAnswer();
            _block.Write(body);
            for (int k = 0; k < _block.Count; k++)
            {
                body.WriteInt16(engine.ReadWeight(_block.First + k));
            }

            link.EndAnswer();
        }

        private void WriteWeights(HostLink link)
        {
            NetworkEngine engine = Engine(link);
            if (engine == null || !CheckBlock(link, 2, Block.MaxWeights, engine.SynapseCount))
            {
                return;
            }

            // All or none: a block with a bad weight changes nothing.
            BodyReader body = link.Decoder.Body;
            int start = body.Position;
            for (int k = 0; k < _block.Count; k++)
            {
                int weight = body.ReadInt16();
                if (weight < -Formats.MaxWeight)
                {
                    link.Refuse(ErrorCode.BadValue, weight);
                    return;
                }
            }

            body.Reset(start, body.End);
            for (int k = 0; k < _block.Count; k++)
            {
                engine.WriteWeight(_block.First + k, body.ReadInt16());
            }

            _block.Write(link.BeginAnswer());
            link.EndAnswer();
        }

        private void ReadMembranes(HostLink link)
        {
            NetworkEngine engine = Engine(link);
            if (engine == null || !CheckBlock(link, 0, Block.MaxMembranes, engine.NeuronCount))
            {
                return;
            }

            BodyWriter body = link.BeginAnswer();
            _block.Write(body);
            for (int k = 0; k < _block.Count; k++)
            {
                body.WriteInt32(engine.ReadMembrane(_block.First + k));
            }

            link.EndAnswer();
        }

        private void ReadSaturations(HostLink link)
        {
            NetworkEngine engine = Engine(link);
            if (engine == null)
            {
                return;
            }

            if (!_first.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
                return;
            }

            SaturationList list = _saturations;
            list.First = _first.First;
            int populations = engine.Tables.Populations.Length;
            list.Count = populations - list.First;
            if (list.Count <= 0)
            {
                link.Refuse(ErrorCode.OutOfRange, populations);
                return;
            }

            if (list.Count > SaturationList.MaxCount)
            {
                list.Count = SaturationList.MaxCount;
            }

            BodyWriter body = link.BeginAnswer();
            list.Write(body);
            for (int k = 0; k < list.Count; k++)
            {
                long count = engine.Saturations(list.First + k);
                body.WriteVarint(count > SaturationList.Most ? SaturationList.Most : count);
            }

            link.EndAnswer();
        }

        private void Learn(HostLink link)
        {
            NetworkEngine engine = Engine(link);
            if (engine == null)
            {
                return;
            }

            if (!_learning.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
                return;
            }

            if (_learning.Order > LearningOrder.Release)
            {
                link.Refuse(ErrorCode.BadValue, _learning.Order);
                return;
            }

            if (_learning.Order != LearningOrder.Ask)
            {
                engine.IsFrozen = _learning.Order == LearningOrder.Freeze;
            }

            _learned.Rules = engine.LearnerCount;
            _learned.Frozen = engine.IsFrozen;
            _learned.Write(link.BeginAnswer());
            link.EndAnswer();
        }

        private void Change(HostLink link)
        {
            NetworkEngine engine = Engine(link);
            if (engine == null)
            {
                return;
            }

            if (!_change.Read(link.Decoder.Body))
            {
                link.Refuse(ErrorCode.BadBody, 0);
                return;
            }

            int table = _change.Table;
            int result = _change.Kind == ChangeKind.Interval ? engine.ChangeInterval(table, _change.Value)
                : _change.Kind == ChangeKind.Amplitude ? engine.ChangeAmplitude(table, _change.Value)
                : _change.Kind == ChangeKind.Parameter ? engine.ChangeParameter(table, _change.Parameter, _change.Place, _change.Value)
                : ChangeResult.NoPlace;
            if (result != ChangeResult.Done)
            {
                link.Refuse(result == ChangeResult.NoPlace ? ErrorCode.OutOfRange : result == ChangeResult.BadValue ? ErrorCode.BadValue
                    : ErrorCode.Fixed, table);
                return;
            }

            _networks.ForgetPicture();
            link.BeginAnswer();
            link.EndAnswer();
        }

        private void ReadState(HostLink link)
        {
            _state.State = _runs.State;
            _state.Fault = _runs.Fault;
            _state.FaultDetail = _runs.FaultDetail;
            _state.Mode = _runs.Mode;
            _runs.Total(_state.Totals);
            _readouts.CopyLast(_state.Readout);
            _state.Write(link.BeginAnswer());
            link.EndAnswer();
        }

        private void Test(HostLink link)
        {
            // It moves outputs and takes time, which a run would notice.
            if (_runs.IsRunning)
            {
                link.Refuse(ErrorCode.Running, 0);
                return;
            }

            _selfTest.Run(_result);
            _result.Write(link.BeginAnswer());
            link.EndAnswer();
        }
    }
}
