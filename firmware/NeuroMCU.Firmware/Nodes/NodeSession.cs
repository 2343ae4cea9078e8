// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Platform;
using NeuroMCU.Firmware.Links;
using NeuroMCU.Firmware.Log;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Nodes
{
    /// <summary>
    /// Work on the nodes for a host: goes on from turn to turn, says what may not be done, and takes every voltage off the array when the
    /// host is silent or gone.
    /// </summary>
    internal sealed class NodeSession
    {
        // Where the board profile says nothing.
        private const long DefaultSilence = 3000000;
        private const int Tolerance = 20000;

        private readonly NodeBank _bank;
        private readonly DeviceLog _log;
        private readonly IClock _clock;
        private readonly long _silence;
        private HostLink _link;
        private int _connection;
        private bool _comparing;

        internal NodeSession(IClock clock, NodeBank bank, DeviceLog log, int linkMilliseconds)
        {
            _clock = clock;
            _bank = bank;
            _log = log;
            _silence = linkMilliseconds == 0 ? DefaultSilence : linkMilliseconds * 1000L;
            Worker = new NodeWorker(bank);
        }

        /// <summary>Gets what does the work.</summary>
        internal NodeWorker Worker { get; }

        /// <summary>Gets the node and the chip that a fault names.</summary>
        internal int Suspect => _bank.Suspect;

        /// <summary>Notes for whom the work is done.</summary>
        internal void Claim(HostLink link)
        {
            _link = link;
            _connection = link.Transport.Connection;
        }

        /// <summary>Compares the nodes with their targets, as after power-on; the log says what came out.</summary>
        internal void Compare()
        {
            NodeStart request = new NodeStart();
            request.Work = NodeWork.Verify;
            request.Passes = 1;
            request.Most = 1;
            request.Tolerance = Tolerance;
            for (int k = 0; k < request.Chosen.Length; k++)
            {
                request.Chosen[k] = 255;
            }

            _comparing = Worker.Start(request, _clock.Now);
        }

        /// <summary>Goes on with the work.</summary>
        /// <returns>True when there is more to do at once.</returns>
        internal bool Turn(long now)
        {
            _bank.Turn(now);
            if (!Worker.IsGoing)
            {
                if (_link != null && _bank.IsHeld)
                {
                    Watch(now);
                }

                return false;
            }

            if (_link != null)
            {
                Watch(now);
            }

            bool more = Worker.Turn(now);
            if (_comparing && !Worker.IsGoing)
            {
                _comparing = false;
                Report();
            }

            return more;
        }

        /// <summary>A part has failed: nothing stays on the array.</summary>
        internal void Fail()
        {
            Worker.End(NodeState.Failed);
        }

        /// <summary>Says why a target is refused.</summary>
        /// <returns>One of <see cref="ErrorCode" />.</returns>
        internal int TargetRefusal(int number, int target)
        {
            if (number >= _bank.Count)
            {
                return ErrorCode.NoNode;
            }

            KnownNode node = _bank.Nodes[number];
            if (target == NodeTargets.None)
            {
                return ErrorCode.None;
            }

            if (node.Masked)
            {
                return ErrorCode.NodeMasked;
            }

            return node.High != 0 && (target < node.Low || target > node.High) ? ErrorCode.NodeRange : ErrorCode.None;
        }

        /// <summary>Says why work is refused.</summary>
        /// <param name="detail">What belongs to the code.</param>
        /// <returns>One of <see cref="ErrorCode" />.</returns>
        internal int StartRefusal(NodeStart request, out int detail)
        {
            BoardNodes limits = _bank.Limits;
            bool writes = request.Work == NodeWork.Program || request.Work == NodeWork.Erase;
            for (int k = 0; k < 8 * request.Chosen.Length; k++)
            {
                if ((request.Chosen[k / 8] & (1 << (k % 8))) == 0)
                {
                    continue;
                }

                detail = k;
                if (k >= _bank.Count)
                {
                    return ErrorCode.NoNode;
                }

                KnownNode node = _bank.Nodes[k];
                if (node.Masked && (writes || request.Work == NodeWork.Form))
                {
                    return ErrorCode.NodeMasked;
                }

                if (writes && node.Mode != NodeMode.Keeping && (request.Work == NodeWork.Erase || node.Target != NodeTargets.None))
                {
                    return ErrorCode.NodeVolatile;
                }

                if (request.Work == NodeWork.Form && (limits.FormFromMillivolts == 0 || node.Mode == NodeMode.Keeping))
                {
                    return ErrorCode.NodeFormed;
                }
            }

            detail = 0;
            bool tooLong = limits.PulseMicroseconds > NodeBank.LongestTurn || limits.FormMicroseconds > NodeBank.LongestTurn;
            return tooLong && request.Work != NodeWork.Verify ? ErrorCode.NodeWidth : ErrorCode.None;
        }

        /// <summary>Says why a node cannot have a mode.</summary>
        /// <returns>One of <see cref="ErrorCode" />.</returns>
        internal int ModeRefusal(int number, int mode)
        {
            int now = _bank.Nodes[number].Mode;
            if (mode == NodeMode.Unknown || mode == now)
            {
                return ErrorCode.None;
            }

            // A node is formed once and for good, and only forming makes it keep something.
            if (mode == NodeMode.Keeping)
            {
                return ErrorCode.NodeVolatile;
            }

            return now == NodeMode.Keeping ? ErrorCode.NodeFormed : ErrorCode.None;
        }

        private void Watch(long now)
        {
            long silent = now - _link.LastFrame;
            if (!_link.Transport.IsOpen || _link.Transport.Connection != _connection || silent > _silence)
            {
                _link = null;
                Worker.End(NodeState.Cancelled);
            }
        }

        private void Report()
        {
            int compared = 0;
            int drifted = 0;
            for (int k = 0; k < _bank.Count; k++)
            {
                compared += _bank.Nodes[k].Outcome == NodeOutcome.None ? 0 : 1;
                drifted += _bank.Nodes[k].Outcome == NodeOutcome.Drifted ? 1 : 0;
            }

            _log.Write("nodes: " + drifted.ToString() + " of " + compared.ToString() + " are no longer at their targets");
        }
    }
}
