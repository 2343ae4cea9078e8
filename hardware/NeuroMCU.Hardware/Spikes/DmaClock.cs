// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.Hardware.Spikes
{
    /// <summary>
    /// Tells from the clock which samples a DMA has taken, and when: the platform's read blocks until its samples have come and does
    /// not tell when some were dropped.
    /// </summary>
    /// <remarks>
    /// The sampling clock may be off by some 30 ppm (fractional divider), so the reckoning follows it: now and then a buffer is read
    /// shortly before it is due, and the read that has to wait returns when it is complete. Between two such measurements, some 100 ms
    /// to 200 ms apart, 30 ppm are 6 µs. What the driver copies after the wait makes the reckoning late by some 20 µs on the chip
    /// (estimate).
    /// </remarks>
    internal sealed class DmaClock
    {
        /// <summary>A read that takes so much longer than the fastest had to wait, in µs.</summary>
        private const int Waited = 10;

        /// <summary>So early a read may come that is to measure, in µs: the loop stands still for as long.</summary>
        private const int Patience = 200;

        /// <summary>Buffers after which the reckoning is measured anew, at 160 000 samples/s 100 ms.</summary>
        private const int MeasureAfter = 64;

        /// <summary>Buffers after which a measurement is worth a wait of any length.</summary>
        private const int MeasureAtLast = 512;

        /// <summary>A read that takes longer, in µs: the bus stands or runs at another rate.</summary>
        private const int LongestRead = 500000;

        private readonly int _rate;
        private readonly int _block;
        private readonly int _buffers;
        private long _fastest = long.MaxValue;
        private int _unmeasured;

        /// <summary>Initializes a new instance of the <see cref="DmaClock" /> class.</summary>
        /// <param name="start">Time in µs at which the DMA was started.</param>
        public DmaClock(long start, int rate, int block, int buffers)
        {
            Anchor = start;
            _rate = rate;
            _block = block;
            _buffers = buffers;
        }

        /// <summary>Gets the reckoned time of sample 0 in µs.</summary>
        public long Anchor { get; private set; }

        /// <summary>Gets the number of the next sample to read.</summary>
        public long Position { get; private set; }

        /// <summary>Gets the number of samples that the DMA has dropped.</summary>
        public long Lost { get; private set; }

        /// <summary>Gets the time in µs from which on the next buffer is to be read.</summary>
        public long Due
        {
            get
            {
                long due = TimeOf(Position + _block);
                if (_unmeasured < MeasureAfter)
                {
                    return due;
                }

                return _unmeasured < MeasureAtLast ? due - Patience : TimeOf(Position);
            }
        }

        /// <summary>Gets the time of a sample, rounded up.</summary>
        /// <returns>Time in µs.</returns>
        public long TimeOf(long sample) => Anchor + (((sample * 1000000L) + _rate - 1) / _rate);

        /// <summary>Skips what the DMA has dropped: it keeps one buffer less than it has, as the last one is being filled.</summary>
        /// <param name="now">Time before the read in µs.</param>
        public void Skip(long now)
        {
            long complete = (now - Anchor) * _rate / (1000000L * _block);
            long oldest = (complete - (_buffers - 1)) * _block;
            if (oldest > Position)
            {
                Lost += oldest - Position;
                Position = oldest;
            }
        }

        /// <summary>Notes that a buffer has been read.</summary>
        /// <param name="before">Time before the read in µs.</param>
        /// <param name="after">Time after it in µs.</param>
        /// <exception cref="InvalidOperationException">The read took longer than half a second: each further one would stop the runtime
        /// again.</exception>
        public void Advance(long before, long after)
        {
            Position += _block;
            long due = TimeOf(Position);
            long took = after - before;
            if (took > LongestRead)
            {
                throw new InvalidOperationException();
            }

            if (took < _fastest)
            {
                _fastest = took;
            }

            _unmeasured++;
            if (took > _fastest + Waited)
            {
                Anchor += after - due;
                _unmeasured = 0;
            }
            else if (before < due)
            {
                // It was complete before it was due: at the latest when the read began.
                Anchor -= due - before;
            }
        }
    }
}
