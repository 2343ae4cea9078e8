// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Nodes
{
    /// <summary>Does work on all nodes that have a target, one after the other, in passes until one changes nothing.</summary>
    internal sealed class NodeWorker
    {
        private readonly NodeBank _bank;
        private readonly NodeTask[] _tasks;
        private readonly NodeStart _request = new NodeStart();
        private NodeTask _task;
        private int _node;
        private int _done;
        private int _nodes;
        private int _pass;
        private int _firstPulses;
        private int _firstReads;
        private long _start;
        private bool _changed;
        private bool _begun;

        internal NodeWorker(NodeBank bank)
        {
            _bank = bank;
            Steps = new StepRing();
            _tasks = new NodeTask[]
            {
                null,
                new ProgramTask(bank, Steps),
                new FormTask(bank, Steps),
                new RangeTask(bank, Steps, false),
                new RangeTask(bank, Steps, true),
                new VerifyTask(bank, Steps),
            };
        }

        /// <summary>Gets what was done, as far as the host has not fetched it.</summary>
        internal StepRing Steps { get; }

        /// <summary>Gets how far it is, one of <see cref="Protocol.Messages.NodeState" />.</summary>
        internal int State { get; private set; }

        /// <summary>Gets the number of the work.</summary>
        internal int Number { get; private set; }

        /// <summary>Gets a value indicating whether work goes on.</summary>
        internal bool IsGoing => State == NodeState.Going;

        /// <summary>Starts work.</summary>
        /// <returns>False when no node is left to work on.</returns>
        internal bool Start(NodeStart request, long now)
        {
            _request.Work = request.Work;
            _request.Rule = request.Rule;
            _request.Passes = request.Passes;
            _request.Most = request.Most;
            _request.Tolerance = request.Tolerance;
            Array.Copy(request.Chosen, 0, _request.Chosen, 0, request.Chosen.Length);
            _nodes = 0;
            _pass = 1;
            for (int k = 0; k < _bank.Count; k++)
            {
                KnownNode node = _bank.Nodes[k];
                node.Outcome = NodeOutcome.None;
                node.Pulses = 0;
                _nodes += IsPart(k) ? 1 : 0;
            }

            if (_nodes == 0)
            {
                return false;
            }

            Number = Number == 255 ? 1 : Number + 1;
            Steps.Clear();
            _task = _tasks[request.Work];
            _firstPulses = _bank.Pulses;
            _firstReads = _bank.Reads;
            _start = now;
            BeginPass();
            State = NodeState.Going;
            return true;
        }

        /// <summary>Goes on with it: a pulse or an averaged reading.</summary>
        /// <returns>True when there is more to do at once.</returns>
        internal bool Turn(long now)
        {
            // An averaged check may follow a pulse in one step.
            if (!IsGoing || Steps.IsFull)
            {
                return false;
            }

            if (!_begun)
            {
                _task.Begin(_request, _node, _start);
                _begun = true;
            }

            if (now < _task.WaitUntil)
            {
                return false;
            }

            int outcome = _task.Proceed(now);
            if (outcome != NodeOutcome.None)
            {
                _bank.Nodes[_node].Outcome = outcome;
                _changed |= _task.Changed;
                _done++;
                Next();
            }

            return IsGoing;
        }

        /// <summary>Ends the work before its time.</summary>
        /// <param name="state">Why.</param>
        internal void End(int state)
        {
            if (IsGoing)
            {
                State = state;
                _bank.Nodes[_node].Outcome = NodeOutcome.Cancelled;
            }

            _bank.Release();
        }

        internal void Fill(NodeProgress progress)
        {
            progress.Number = Number;
            progress.Work = _request.Work;
            progress.State = State;
            progress.Node = _node;
            progress.Done = _done;
            progress.Nodes = _nodes;
            progress.Pass = _pass;
            progress.Pulses = Number == 0 ? 0 : _bank.Pulses - _firstPulses;
            progress.Reads = Number == 0 ? 0 : _bank.Reads - _firstReads;
            progress.Steps = Steps.Count;
            progress.Left = _bank.Left;
        }

        // A second pass leaves alone what the first one has shown to be stuck.
        private bool IsPart(int number)
        {
            KnownNode node = _bank.Nodes[number];
            bool targeted = _request.Work == NodeWork.Program || _request.Work == NodeWork.Verify;
            return (_request.Chosen[number / 8] & (1 << (number % 8))) != 0 && !node.Masked
                && (!targeted || node.Target != NodeTargets.None) && (_pass == 1 || !node.IsBeyondHelp);
        }

        private void BeginPass()
        {
            _changed = false;
            _done = 0;
            _node = -1;
            Next();
        }

        private void Next()
        {
            _begun = false;
            do
            {
                _node++;
            }
            while (_node < _bank.Count && !IsPart(_node));

            if (_node < _bank.Count)
            {
                return;
            }

            _node = _bank.Count - 1;
            if (_request.Work == NodeWork.Program && _changed && _pass < _request.Passes)
            {
                _pass++;
                BeginPass();
                return;
            }

            State = NodeState.Done;
        }
    }
}
