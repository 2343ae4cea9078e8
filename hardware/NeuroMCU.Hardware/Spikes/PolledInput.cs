// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.Gpio;

namespace NeuroMCU.Hardware.Spikes
{
    /// <summary>
    /// A digital pin that is read once in each turn: a spike is a rise from one turn to the next, and its time is that of the turn that
    /// sees it. A pulse must last two turns to be seen for sure. A reading takes some 300 µs, as the platform looks its answer's type
    /// up by name and builds it as an object: 48 bytes on the heap.
    /// </summary>
    internal sealed class PolledInput : ISpikeInput
    {
        private readonly TurnMeter _turns = new TurnMeter();
        private readonly GpioPin _pin;
        private readonly int _deadTime;
        private bool _high;
        private long _quietUntil;

        /// <summary>Initializes a new instance of the <see cref="PolledInput" /> class. A pin that is high already has no spike.</summary>
        /// <param name="deadTime">Dead time in µs: another spike within it is ignored.</param>
        public PolledInput(GpioController controller, int pin, int deadTime)
        {
            _deadTime = deadTime;
            _quietUntil = long.MinValue;
            _pin = controller.OpenPin(pin, PinMode.Input);
            _high = (int)_pin.Read() != 0;
        }

        /// <summary>Gets how exact the times are: one turn of the loop, measured, in µs.</summary>
        public int Resolution => _turns.Duration;

        /// <inheritdoc />
        public void Poll(long now, SpikeBuffer queue, int channel)
        {
            _turns.Turn(now);
            bool high = (int)_pin.Read() != 0;
            if (high && !_high && now >= _quietUntil)
            {
                queue.Add(channel, now);
                _quietUntil = now + _deadTime;
            }

            _high = high;
        }

        /// <inheritdoc />
        public void Close()
        {
            _pin.Dispose();
        }
    }
}
