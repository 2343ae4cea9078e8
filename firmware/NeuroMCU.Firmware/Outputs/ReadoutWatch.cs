// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Firmware.Log;
using NeuroMCU.Firmware.Network;
using NeuroMCU.Hardware.Outputs;
using NeuroMCU.Hearing.Readout;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Outputs
{
    /// <summary>
    /// Evaluates the network's read-outs at the end of their window, of a sound or of the run; moves the outputs that are bound to
    /// them, and says what they say: on the console, and to the host.
    /// </summary>
    internal sealed class ReadoutWatch
    {
        // Sure answers to parts of one sound that lie farther apart, in hundredths of a degree: it moved.
        private const int FarthestApart = 800;

        private readonly OutputBank _outputs;
        private readonly DeviceLog _log;
        private NetworkEngine _engine;
        private LoadedNetwork _network;
        private ReadoutTable[] _tables = new ReadoutTable[0];
        private IReadout[] _readouts = new IReadout[0];
        private ReadoutEvent[] _events = new ReadoutEvent[0];
        private bool[] _pending = new bool[0];
        private long[] _due = new long[0];
        private int[] _leftmost = new int[0];
        private int[] _rightmost = new int[0];
        private int _last = -1;

        internal ReadoutWatch(OutputBank outputs, DeviceLog log)
        {
            _outputs = outputs;
            _log = log;
        }

        /// <summary>Gets the read-out that a host has not been sent; null when there is none.</summary>
        internal ReadoutEvent Pending
        {
            get
            {
                for (int k = 0; k < _pending.Length; k++)
                {
                    if (_pending[k])
                    {
                        return _events[k];
                    }
                }

                return null;
            }
        }

        /// <summary>Gets the number of answers since the last reset that the next one replaced before a host had read them.</summary>
        internal int Replaced { get; private set; }

        /// <summary>Gets a value indicating whether outputs are bound to neurons.</summary>
        internal bool WantsSpikes { get; private set; }

        /// <summary>Gets the network time in µs at which the next window ends; the engine must not pass it before
        /// <see cref="Check" />.</summary>
        internal long NextDue { get; private set; } = long.MaxValue;

        /// <summary>Prepares for a network.</summary>
        /// <param name="network">The network; null for none.</param>
        internal void Bind(LoadedNetwork network)
        {
            _network = network;
            _engine = network == null ? null : network.Engine;
            _readouts = network == null ? new IReadout[0] : network.Readouts;
            _tables = network == null ? new ReadoutTable[0] : _engine.Tables.Readouts;
            _events = new ReadoutEvent[_readouts.Length];
            _pending = new bool[_readouts.Length];
            _due = new long[_readouts.Length];
            _leftmost = new int[_readouts.Length];
            _rightmost = new int[_readouts.Length];
            WantsSpikes = false;
            for (int k = 0; k < _events.Length; k++)
            {
                _events[k] = new ReadoutEvent();
                _events[k].Index = k;
            }

            OutputTable[] outputs = network == null ? new OutputTable[0] : _engine.Tables.Outputs;
            for (int k = 0; k < outputs.Length; k++)
            {
                WantsSpikes |= outputs[k].Source == OutputSource.Neuron;
            }

            Reset();
        }

        /// <summary>Forgets all values; counts begin now.</summary>
        internal void Reset()
        {
            _last = -1;
            Replaced = 0;
            NextDue = long.MaxValue;
            for (int k = 0; k < _readouts.Length; k++)
            {
                _readouts[k].Forget();
                _leftmost[k] = int.MaxValue / 2;
                _rightmost[k] = int.MinValue / 2;
                _events[k].Answer = 0;
                _pending[k] = false;
                _due[k] = IsWindowed(k) ? (((_engine.Time / _tables[k].Window) + 1) * _tables[k].Window) : long.MaxValue;
                NextDue = _due[k] < NextDue ? _due[k] : NextDue;
            }
        }

        /// <summary>Evaluates the read-outs whose window has ended.</summary>
        internal void Check()
        {
            if (NextDue == long.MaxValue || !_engine.HasReached(NextDue))
            {
                return;
            }

            long time = NextDue;
            NextDue = long.MaxValue;
            for (int k = 0; k < _readouts.Length; k++)
            {
                if (_due[k] == time)
                {
                    _readouts[k].Evaluate();
                    if (_readouts[k].IsValid)
                    {
                        Announce(k, time, 0);
                    }

                    _readouts[k].Forget();
                    _due[k] = time + _tables[k].Window;
                }

                NextDue = _due[k] < NextDue ? _due[k] : NextDue;
            }
        }

        /// <summary>Lets read-outs of direction forget bands in which an onset was heard. Before the engine serves the onset's
        /// block.</summary>
        internal void ForgetOnsets()
        {
            for (int k = 0; k < _readouts.Length; k++)
            {
                DirectionReadout direction = _readouts[k] as DirectionReadout;
                if (direction != null)
                {
                    direction.ForgetOnsets();
                }
            }
        }

        /// <summary>Evaluates the read-outs that count over a sound.</summary>
        /// <param name="start">Network time in µs at which the sound began.</param>
        /// <param name="span">How long it was in µs.</param>
        /// <param name="answered">True when it was answered while it lasted: then an answer to the whole is given only when it is sure,
        /// and when
        /// the sound did not move.</param>
        /// <returns>True when an answer to the whole stands.</returns>
        internal bool AnswerSound(long start, long span, bool answered)
        {
            bool isSure = false;
            for (int k = 0; k < _readouts.Length; k++)
            {
                if (!IsWindowed(k))
                {
                    _readouts[k].Evaluate();
                    bool stands = _readouts[k].IsValid && _rightmost[k] - _leftmost[k] <= FarthestApart;
                    isSure |= stands;
                    if (stands || !answered)
                    {
                        Announce(k, start, span);
                    }
                }
            }

            return isSure;
        }

        /// <summary>Makes the read-outs that count over a sound ready for the next one.</summary>
        internal void ForgetSound()
        {
            for (int k = 0; k < _readouts.Length; k++)
            {
                if (!IsWindowed(k))
                {
                    _readouts[k].Forget();
                    _leftmost[k] = int.MaxValue / 2;
                    _rightmost[k] = int.MinValue / 2;
                }
            }
        }

        /// <summary>Evaluates the read-outs of direction for the last part of a sound that goes on.</summary>
        /// <param name="start">Network time in µs at which the part began.</param>
        /// <param name="span">How long it was in µs.</param>
        internal void AnswerPart(long start, long span)
        {
            for (int k = 0; k < _readouts.Length; k++)
            {
                DirectionReadout direction = _readouts[k] as DirectionReadout;
                if (direction != null)
                {
                    direction.EvaluatePart();
                    if (direction.IsValid)
                    {
                        _leftmost[k] = direction.Value < _leftmost[k] ? direction.Value : _leftmost[k];
                        _rightmost[k] = direction.Value > _rightmost[k] ? direction.Value : _rightmost[k];
                    }

                    if (direction.Spikes > 0)
                    {
                        Announce(k, start, span);
                    }

                    direction.ForgetPart();
                }
            }
        }

        /// <summary>Evaluates the read-outs that count over the whole run, in networks that do not listen.</summary>
        internal void AnswerRun()
        {
            for (int k = 0; k < _readouts.Length; k++)
            {
                if (!IsWindowed(k) && _network.Listener == null)
                {
                    _readouts[k].Evaluate();
                    Announce(k, _engine.Time, 0);
                }
            }
        }

        /// <summary>Shows a spike to the outputs that are bound to its neuron.</summary>
        internal void Show(int neuron, long now)
        {
            OutputTable[] outputs = _engine.Tables.Outputs;
            for (int k = 0; k < outputs.Length; k++)
            {
                OutputTable output = outputs[k];
                if (output.Source == OutputSource.Neuron && output.Index == neuron)
                {
                    _outputs.Pulse(output.Output, now + output.To);
                }
            }
        }

        /// <summary>Copies the read-out that was evaluated last.</summary>
        internal void CopyLast(ReadoutEvent target)
        {
            target.Answer = 0;
            if (_last < 0)
            {
                return;
            }

            ReadoutEvent last = _events[_last];
            target.Answer = last.Answer;
            target.Index = last.Index;
            target.Time = last.Time;
            target.Value = last.Value;
            target.Confidence = last.Confidence;
            target.Spikes = last.Spikes;
            target.Span = last.Span;
        }

        /// <summary>Notes that the host was sent <see cref="Pending" />.</summary>
        internal void Reported()
        {
            for (int k = 0; k < _pending.Length; k++)
            {
                if (_pending[k])
                {
                    _pending[k] = false;
                    return;
                }
            }
        }

        private static string Hundredths(int value)
        {
            int size = value < 0 ? -value : value;
            int part = size % 100;
            return (value < 0 ? "-" : value > 0 ? "+" : string.Empty) + (size / 100).ToString() + (part < 10 ? ".0" : ".")
                + part.ToString();
        }

        private static string Thousandths(int value)
        {
            string part = (value % 1000).ToString();
            return (value / 1000).ToString() + (part.Length == 1 ? ".00" : part.Length == 2 ? ".0" : ".") + part;
        }

        private bool IsWindowed(int index)
            => _tables[index].Window > 0 && _tables[index].Kind == ReadoutKind.Population;

        private void Announce(int index, long time, long span)
        {
            IReadout readout = _readouts[index];
            ReadoutEvent answer = _events[index];
            answer.Answer = readout.IsValid ? ReadoutEvent.Sure
                : ReadoutEvent.Sure + (readout.Doubt == Doubt.None ? Doubt.FewSpikes : readout.Doubt);
            answer.Time = time;
            answer.Value = readout.Value;
            answer.Confidence = readout.Confidence;
            answer.Spikes = readout.Spikes;
            answer.Span = (int)span;
            Replaced += _pending[index] ? 1 : 0;
            _pending[index] = true;
            _last = index;
            if (readout.IsValid)
            {
                Drive(index, readout.Value);
            }

            Report(index, readout);
        }

        private void Report(int index, IReadout readout)
        {
            string unit = _network.Labels.ReadoutUnit(index);
            string value = Hundredths(readout.Value) + (unit == "1" ? string.Empty : " " + unit);
            string answer = readout.IsValid ? value
                : "unsure" + DoubtText.Of(readout.Doubt) + (HasGuess(readout) ? ", best guess " + value : string.Empty);
            _log.Write(_network.Labels.ReadoutName(index) + " " + answer + ", confidence " + Thousandths(readout.Confidence));
        }

        // What one ear alone hears, and a jump of an offset, have no direction.
        private static bool HasGuess(IReadout readout)
        {
            DirectionReadout direction = readout as DirectionReadout;
            return direction != null && direction.Spikes > 0 && direction.Doubt != Doubt.Step && direction.Doubt != Doubt.LeftEar
                && direction.Doubt != Doubt.RightEar;
        }

        private void Drive(int index, int value)
        {
            OutputTable[] outputs = _engine.Tables.Outputs;
            for (int k = 0; k < outputs.Length; k++)
            {
                OutputTable output = outputs[k];
                if (output.Source == OutputSource.Readout && output.Index == index)
                {
                    _outputs.Write(output.Output, OutputLevel.Map(value, output.From, output.To));
                }
            }
        }
    }
}
