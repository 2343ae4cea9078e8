// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.Firmware.Sound
{
    /// <summary>
    /// Sound that waits for the front end: what comes in while the first blocks of a sound are worked through, or while the firmware is
    /// busy
    /// elsewhere. What finds the buffer full is lost and counted; the front end learns how much, so that times stay right.
    /// </summary>
    /// <remarks>The driver's own buffer would not do: when it overflows, it drops the oldest sound, which is the one to hear.</remarks>
    internal sealed class SoundBuffer
    {
        // In order: _before frames, a gap, the rest of the _count frames, a second gap. While that one is open, nothing is added.
        private readonly short[] _left;
        private readonly short[] _right;
        private int _head;
        private int _count;
        private int _before;
        private long _gap;
        private long _secondGap;

        /// <summary>Initializes a new instance of the <see cref="SoundBuffer" /> class.</summary>
        internal SoundBuffer(int frames)
        {
            _left = new short[frames];
            _right = new short[frames];
        }

        /// <summary>Gets the left samples; <see cref="Contiguous" /> of them from <see cref="Head" /> on are next.</summary>
        internal short[] Left => _left;

        /// <summary>Gets the right samples.</summary>
        internal short[] Right => _right;

        /// <summary>Gets the index of the oldest frame.</summary>
        internal int Head => _head;

        /// <summary>Gets the number of frames that wait.</summary>
        internal int Count => _count;

        /// <summary>Gets the number of frames that there is room for.</summary>
        internal int Room => _left.Length - _count;

        /// <summary>Gets the number of oldest frames that lie in one piece and before the next gap.</summary>
        internal int Contiguous
        {
            get
            {
                int piece = _left.Length - _head;
                int frames = _gap > 0 ? _before : _count;
                return frames < piece ? frames : piece;
            }
        }

        /// <summary>Gets the number of frames missing behind those of <see cref="Contiguous" />, when that is 0.</summary>
        internal long Gap => _gap;

        /// <summary>Gets the number of frames that found the buffer full.</summary>
        internal long Overrun { get; private set; }

        /// <summary>Forgets everything.</summary>
        internal void Clear()
        {
            _head = 0;
            _count = 0;
            _before = 0;
            _gap = 0;
            _secondGap = 0;
            Overrun = 0;
        }

        /// <summary>Notes frames that are missing behind all others.</summary>
        internal void Miss(long frames)
        {
            if (_gap == 0)
            {
                _before = _count;
            }

            if (_before == _count)
            {
                _gap += frames;
            }
            else
            {
                _secondGap += frames;
            }
        }

        /// <summary>Adds frames: all of them or, when there is no room, none.</summary>
        internal void Add(short[] left, short[] right, int count)
        {
            if (_secondGap > 0 || _count + count > _left.Length)
            {
                Miss(count);
                Overrun += count;
                return;
            }

            int place = _head + _count;
            place -= place >= _left.Length ? _left.Length : 0;
            int first = _left.Length - place < count ? _left.Length - place : count;
            Array.Copy(left, 0, _left, place, first);
            Array.Copy(right, 0, _right, place, first);
            Array.Copy(left, first, _left, 0, count - first);
            Array.Copy(right, first, _right, 0, count - first);
            _count += count;
        }

        /// <summary>Removes the oldest frames.</summary>
        /// <param name="count">How many, at most <see cref="Contiguous" />.</param>
        internal void Remove(int count)
        {
            _head += count;
            if (_head == _left.Length)
            {
                _head = 0;
            }

            _count -= count;
            _before -= count;
        }

        /// <summary>Closes a part of the gap.</summary>
        internal void ClosePart(int frames)
        {
            _gap -= frames;
            if (_gap == 0)
            {
                _gap = _secondGap;
                _before = _count;
                _secondGap = 0;
            }
        }
    }
}
