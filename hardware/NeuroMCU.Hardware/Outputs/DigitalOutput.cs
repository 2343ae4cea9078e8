// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.Gpio;

namespace NeuroMCU.Hardware.Outputs
{
    /// <summary>
    /// A pin that is low or high: high from half of full level upwards. It is only ever toggled, which costs some 10 µs on the device; a
    /// GpioPin.Write takes 300 µs.
    /// </summary>
    internal sealed class DigitalOutput : IBoardOutput
    {
        private readonly bool _safe;
        private readonly GpioPin _pin;
        private bool _high;

        /// <summary>Initializes a new instance of the <see cref="DigitalOutput" /> class and goes to the safe level.</summary>
        public DigitalOutput(GpioController controller, int pin, bool safe)
        {
            _safe = safe;
            _pin = controller.OpenPin(pin, PinMode.Output);
            _high = safe;
            Level = _high ? OutputLevel.Full : 0;
            _pin.Write(_high ? PinValue.High : PinValue.Low);
        }

        /// <inheritdoc />
        public int Level { get; private set; }

        /// <inheritdoc />
        public void Write(int level)
        {
            bool high = level >= OutputLevel.Full / 2;
            Level = high ? OutputLevel.Full : 0;
            if (high != _high)
            {
                _high = high;
                _pin.Toggle();
            }
        }

        /// <inheritdoc />
        public void MakeSafe()
        {
            Write(_safe ? OutputLevel.Full : 0);
        }

        /// <inheritdoc />
        public void Close()
        {
            MakeSafe();
            _pin.Dispose();
        }
    }
}
