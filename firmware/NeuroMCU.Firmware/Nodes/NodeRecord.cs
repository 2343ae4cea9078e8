// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Nodes
{
    /// <summary>
    /// What is known of the nodes as the store keeps it: version (1) | nodes (2) | board (4), then for each node mode with bit 7 for masked
    /// (1) | target (4) | low (4) | high (4) | gain up (4) | gain down (4); then the lesson: inputs (1; 0 for none) | answers (1)
    /// | sharpness (1) | width (4) | half (2) | presentations (4) | raised (4) | lowered (4) | rows (16) | columns (16) | as many counters
    /// as nodes (4 each). Little-endian. Version 1 had no lesson.
    /// </summary>
    internal sealed class NodeRecord : IImageSource
    {
        private const int Version = 2;
        private const int Bare = 1;
        private const int HeadSize = 7;
        private const int NodeSize = 21;
        private const int MaskedBit = 0x80;
        private const int LessonSize = 53;
        private const int Places = 16;

        private readonly NodeBank _bank;
        private readonly NodePupil _pupil;
        private readonly NodeLesson _lesson = new NodeLesson();
        private readonly uint _board;
        private readonly byte[] _bytes;

        internal NodeRecord(NodeBank bank, NodePupil pupil, uint board)
        {
            _bank = bank;
            _pupil = pupil;
            _board = board;
            _bytes = new byte[LessonAt + LessonSize + (4 * bank.Count)];
        }

        /// <inheritdoc />
        public int Length => _bytes.Length;

        private int LessonAt => HeadSize + (NodeSize * _bank.Count);

        /// <inheritdoc />
        public void Read(int at, byte[] buffer, int count)
        {
            for (int k = 0; k < count; k++)
            {
                buffer[k] = _bytes[at + k];
            }
        }

        /// <inheritdoc />
        public void Release(int at)
        {
            // The record stays in memory.
        }

        /// <summary>Takes what is known now.</summary>
        internal void Take()
        {
            _bytes[0] = Version;
            _bytes[1] = (byte)_bank.Count;
            _bytes[2] = (byte)(_bank.Count >> 8);
            Put(3, (int)_board);
            for (int k = 0; k < _bank.Count; k++)
            {
                KnownNode node = _bank.Nodes[k];
                int at = HeadSize + (NodeSize * k);
                _bytes[at] = (byte)(node.Mode | (node.Masked ? MaskedBit : 0));
                Put(at + 1, node.Target);
                Put(at + 5, node.Low);
                Put(at + 9, node.High);
                Put(at + 13, node.GainUp);
                Put(at + 17, node.GainDown);
            }

            TakeLesson();
        }

        /// <summary>Gives back what was known.</summary>
        /// <param name="source">A whole record of the store.</param>
        /// <returns>False when it is of another board or version; nothing has changed then.</returns>
        internal bool Restore(IImageSource source)
        {
            if (source == null || (source.Length != _bytes.Length && source.Length != LessonAt))
            {
                return false;
            }

            source.Read(0, _bytes, source.Length);
            if (_bytes[0] != (source.Length == LessonAt ? Bare : Version) || (_bytes[1] | (_bytes[2] << 8)) != _bank.Count
                || Get(3) != (int)_board)
            {
                return false;
            }

            for (int k = 0; k < _bank.Count; k++)
            {
                KnownNode node = _bank.Nodes[k];
                int at = HeadSize + (NodeSize * k);
                int mode = _bytes[at] & ~MaskedBit;
                node.Mode = mode <= NodeMode.Keeping ? mode : NodeMode.Unknown;
                node.Masked = (_bytes[at] & MaskedBit) != 0;
                node.Target = Get(at + 1);
                node.Low = Get(at + 5);
                node.High = Get(at + 9);
                node.GainUp = Get(at + 13);
                node.GainDown = Get(at + 17);
            }

            if (_bytes[0] == Version)
            {
                RestoreLesson();
            }

            return true;
        }

        private void TakeLesson()
        {
            int at = LessonAt;
            NodeLesson lesson = _pupil.Lesson();
            _bytes[at] = (byte)lesson.Inputs;
            _bytes[at + 1] = (byte)lesson.Answers;
            _bytes[at + 2] = (byte)lesson.Sharpness;
            Put(at + 3, lesson.Microseconds);
            _bytes[at + 7] = (byte)lesson.Half;
            _bytes[at + 8] = (byte)(lesson.Half >> 8);
            Put(at + 9, lesson.Presentations);
            Put(at + 13, lesson.Raised);
            Put(at + 17, lesson.Lowered);
            for (int k = 0; k < Places; k++)
            {
                _bytes[at + 21 + k] = lesson.Rows[k];
                _bytes[at + 37 + k] = lesson.Columns[k];
            }

            int counters = _pupil.Trainer == null ? 0 : _pupil.Trainer.Counters.Length;
            for (int k = 0; k < _bank.Count; k++)
            {
                Put(at + LessonSize + (4 * k), k < counters ? _pupil.Trainer.Counters[k] : 0);
            }
        }

        // What another firmware would refuse as a lesson is no lesson here either.
        private void RestoreLesson()
        {
            int at = LessonAt;
            _lesson.Inputs = _bytes[at];
            _lesson.Answers = _bytes[at + 1];
            _lesson.Sharpness = _bytes[at + 2];
            _lesson.Microseconds = Get(at + 3);
            _lesson.Half = _bytes[at + 7] | (_bytes[at + 8] << 8);
            for (int k = 0; k < Places; k++)
            {
                _lesson.Rows[k] = _bytes[at + 21 + k];
                _lesson.Columns[k] = _bytes[at + 37 + k];
            }

            if (!_lesson.InRange(out int bad) || _pupil.Refusal(_lesson, out bad) != ErrorCode.None)
            {
                _pupil.Forget();
                return;
            }

            _pupil.Begin(_lesson);
            _pupil.Resume(Get(at + 9), Get(at + 13), Get(at + 17));
            for (int k = 0; k < _pupil.Trainer.Counters.Length; k++)
            {
                _pupil.Trainer.Counters[k] = Get(at + LessonSize + (4 * k));
            }
        }

        private void Put(int at, int value)
        {
            _bytes[at] = (byte)value;
            _bytes[at + 1] = (byte)(value >> 8);
            _bytes[at + 2] = (byte)(value >> 16);
            _bytes[at + 3] = (byte)(value >> 24);
        }

        private int Get(int at) => _bytes[at] | (_bytes[at + 1] << 8) | (_bytes[at + 2] << 16) | (_bytes[at + 3] << 24);
    }
}
