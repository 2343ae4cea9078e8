// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Nodes;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Nodes
{
    /// <summary>Nodes that learn a task through their own pulses: which lesson, and how far it is.</summary>
    internal sealed class NodePupil
    {
        // Readings of a node whose level becomes its target.
        private const int Samples = 16;

        // Readings that an answer averages, where one has this much noise, in millionths.
        private const int Averaged = 4;
        private const int Noisy = 5000;

        private readonly NodeBank _bank;
        private readonly GuardedNodes _array;
        private readonly NodeLesson _lesson = new NodeLesson();
        private readonly int[] _inputs = new int[NodeShow.MaxInputs];
        private NodeTrainer _trainer;
        private int _kept;

        internal NodePupil(NodeBank bank)
        {
            _bank = bank;
            _array = new GuardedNodes(bank);
        }

        /// <summary>Gets what does the learning; null without a lesson.</summary>
        internal NodeTrainer Trainer => _trainer;

        /// <summary>Says why a lesson is refused.</summary>
        /// <param name="detail">What belongs to the code.</param>
        /// <returns>One of <see cref="ErrorCode" />; none when it may begin.</returns>
        internal int Refusal(NodeLesson lesson, out int detail)
        {
            BoardNodes limits = _bank.Limits;
            detail = limits.MaxMicroseconds;
            if (lesson.Microseconds > limits.MaxMicroseconds || lesson.Microseconds > NodeBank.LongestTurn)
            {
                return ErrorCode.NodeWidth;
            }

            for (int i = 0; i < lesson.Inputs; i++)
            {
                for (int j = 0; j < lesson.Answers; j++)
                {
                    detail = (lesson.Rows[i] * limits.Columns) + lesson.Columns[j];
                    if (lesson.Rows[i] >= limits.Rows || lesson.Columns[j] >= limits.Columns || Repeats(lesson.Rows, i)
                        || Repeats(lesson.Columns, j))
                    {
                        return ErrorCode.NoNode;
                    }

                    if (!_bank.Nodes[detail].Masked && _bank.Nodes[detail].Mode != NodeMode.Keeping)
                    {
                        return ErrorCode.NodeVolatile;
                    }
                }
            }

            detail = 0;
            return ErrorCode.None;
        }

        /// <summary>Begins a lesson that <see cref="Refusal" /> has nothing against, with all counters at 0.</summary>
        internal void Begin(NodeLesson lesson)
        {
            BoardNodes limits = _bank.Limits;
            int[] rows = new int[lesson.Inputs];
            int[] columns = new int[lesson.Answers];
            for (int k = 0; k < NodeShow.MaxInputs; k++)
            {
                _lesson.Rows[k] = k < rows.Length ? lesson.Rows[k] : (byte)0;
                _lesson.Columns[k] = k < columns.Length ? lesson.Columns[k] : (byte)0;
            }

            for (int i = 0; i < rows.Length; i++)
            {
                rows[i] = lesson.Rows[i];
            }

            for (int j = 0; j < columns.Length; j++)
            {
                columns[j] = lesson.Columns[j];
            }

            _lesson.Inputs = lesson.Inputs;
            _lesson.Answers = lesson.Answers;
            _lesson.Sharpness = lesson.Sharpness;
            _lesson.Microseconds = lesson.Microseconds;
            _lesson.Half = lesson.Half;
            _kept = 0;
            _trainer = new NodeTrainer(
                _array, limits.PulseMillivolts, limits.MaxMicroamperes, limits.MaxMicroseconds, rows, columns, lesson.Microseconds,
                lesson.Sharpness, lesson.Half, limits.ReadNoise >= Noisy ? Averaged : 1);
        }

        /// <summary>Forgets the lesson; the nodes stay as they are.</summary>
        internal void Forget()
        {
            _trainer = null;
            _lesson.Inputs = 0;
        }

        /// <summary>Goes on with what was stored.</summary>
        internal void Resume(int presentations, int raised, int lowered)
        {
            _trainer.Resume(presentations, raised, lowered);
            _kept = presentations;
        }

        /// <summary>Gets the lesson, with how far it is.</summary>
        internal NodeLesson Lesson()
        {
            _lesson.Inputs = _trainer == null ? 0 : _lesson.Inputs;
            _lesson.Presentations = _trainer == null ? 0 : _trainer.Presentations;
            _lesson.Raised = _trainer == null ? 0 : _trainer.Raised;
            _lesson.Lowered = _trainer == null ? 0 : _trainer.Lowered;
            return _lesson;
        }

        /// <summary>Shows inputs, and teaches the right answer when it is known.</summary>
        /// <returns>False when there is no such lesson: another number of inputs, or an answer or input that there is not.</returns>
        internal bool Show(NodeShow show, NodeShown shown)
        {
            if (_trainer == null || show.Count != _lesson.Inputs || (show.Right != NodeShow.Nothing && show.Right >= _lesson.Answers))
            {
                return false;
            }

            for (int i = 0; i < _inputs.Length; i++)
            {
                _inputs[i] = i < show.Count ? show.Inputs[i] : 0;
                if (_inputs[i] < 0 || _inputs[i] > NodeTrainer.One)
                {
                    return false;
                }
            }

            int answer = show.Right == NodeShow.Nothing ? _trainer.Answer(_inputs) : _trainer.Teach(_inputs, show.Right);
            shown.Answer = answer < 0 ? NodeShown.Nothing : answer;
            shown.Presentations = _trainer.Presentations;
            shown.Pulses = _trainer.Raised + _trainer.Lowered;
            shown.Count = _lesson.Answers;
            for (int j = 0; j < shown.Count; j++)
            {
                shown.Sums[j] = _trainer.Sums[j];
            }

            return true;
        }

        /// <summary>What nodes have learned since the last checkpoint becomes their target: drift can be found and repaired.</summary>
        internal void Measure()
        {
            if (_trainer == null || _trainer.Presentations == _kept)
            {
                return;
            }

            _kept = _trainer.Presentations;
            for (int i = 0; i < _lesson.Inputs; i++)
            {
                for (int j = 0; j < _lesson.Answers; j++)
                {
                    int node = (_lesson.Rows[i] * _bank.Limits.Columns) + _lesson.Columns[j];
                    if (!_bank.Nodes[node].Masked)
                    {
                        _bank.Nodes[node].Target = _bank.Read(node, Samples);
                    }
                }
            }
        }

        private static bool Repeats(byte[] list, int at)
        {
            for (int k = 0; k < at; k++)
            {
                if (list[k] == list[at])
                {
                    return true;
                }
            }

            return false;
        }
    }
}
