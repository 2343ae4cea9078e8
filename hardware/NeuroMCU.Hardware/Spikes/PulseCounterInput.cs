// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.Gpio;

namespace NeuroMCU.Hardware.Spikes
{
    /// <summary>
    /// A digital pin on one of the chip's eight pulse counters. The counter sees every rise that lasts longer than its filter of 1 µs,
    /// whatever the interpreter does, so that no spike is lost; when it came is known to one turn of the loop. The spikes of a turn are
    /// spread evenly over it, a single one to its middle, so that their times are right in the mean. What finds no place in the queue
    /// is left to the counter. A reading leaves 72 bytes on the heap: the platform builds its answer, a structure, as an object.
    /// </summary>
    internal sealed class PulseCounterInput : ISpikeInput
    {
        /// <summary>Shorter pulses are glitches (the chip's own on GPIO36 and 39 take 80 ns), in ns.</summary>
        private const ushort Filter = 1000;

        /// <summary>More spikes than this in one turn, and one for each half millisecond after some were kept back, are counted as
        /// missed, so that a pin that oscillates cannot hold the loop.</summary>
        private const int MaxInTurn = 64;
        private const int LeastInterval = 500;

        private readonly TurnMeter _turns = new TurnMeter();
        private readonly GpioPulseCounter _counter;
        private long _count;

        // Spikes that have not been taken came after this time in µs.
        private long _taken = -1;
        private bool _keeps;

        /// <summary>Initializes a new instance of the <see cref="PulseCounterInput" /> class, counting.</summary>
        public PulseCounterInput(int pin)
        {
            _counter = Started(pin);
            _count = _counter.Read().Count;
        }

        /// <summary>Gets how exact the times are: one turn of the loop, measured, in µs.</summary>
        public int Resolution => _turns.Duration;

        /// <inheritdoc />
        public void Poll(long now, SpikeBuffer queue, int channel)
        {
            long last = _taken < 0 ? now : _taken;
            _turns.Turn(now);
            long count = _counter.Read().Count;
            long fresh = count - _count;
            long span = now - last;
            long most = _keeps ? MaxInTurn + (span / LeastInterval) : MaxInTurn;
            if (fresh > most)
            {
                queue.Lose(fresh - most);
                fresh = most;
            }

            long taken = fresh < queue.Share ? fresh : queue.Share;
            for (long k = 0; k < taken; k++)
            {
                queue.Add(channel, last + ((span * ((2 * k) + 1)) / (2 * fresh)));
            }

            _count = count - (fresh - taken);
            _keeps = taken < fresh;
            _taken = taken == fresh ? now : last + ((span * taken) / fresh);
            if (_taken < queue.KeptFrom)
            {
                queue.KeptFrom = _taken;
            }
        }

        /// <inheritdoc />
        public void Close()
        {
            _counter.Stop();
            _counter.Dispose();
        }

        private static GpioPulseCounter Started(int pin)
        {
            GpioPulseCounter counter = new GpioPulseCounter(pin);
            counter.Polarity = GpioPulsePolarity.Rising;
            counter.FilterPulses = Filter;
            counter.Start();
            return counter;
        }
    }
}
