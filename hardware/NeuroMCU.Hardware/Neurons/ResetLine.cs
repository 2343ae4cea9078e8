// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.Gpio;

namespace NeuroMCU.Hardware.Neurons
{
    /// <summary>
    /// A pin that empties membranes while it is high. Low at first. Several channels may hang on one line; it is high while any of them is
    /// pressed. It is only ever toggled, which costs some 10 µs on the device; a GpioPin.Write takes 300 µs.
    /// </summary>
    internal sealed class ResetLine
    {
        private readonly GpioPin _pin;
        private int _pressed;

        /// <summary>Initializes a new instance of the <see cref="ResetLine" /> class, released.</summary>
        public ResetLine(GpioController controller, int pin)
        {
            PinNumber = pin;
            _pin = controller.OpenPin(pin, PinMode.Output);
            _pin.Write(PinValue.Low);
        }

        /// <summary>Gets the GPIO number.</summary>
        public int PinNumber { get; }

        /// <summary>Presses or releases the line for a channel.</summary>
        /// <param name="channel">Number of the channel, 0 to 31.</param>
        public void Set(int channel, bool pressed)
        {
            int bit = 1 << channel;
            int after = pressed ? _pressed | bit : _pressed & ~bit;
            if ((after != 0) != (_pressed != 0))
            {
                _pin.Toggle();
            }

            _pressed = after;
        }

        /// <summary>Releases the line for every channel.</summary>
        public void Release()
        {
            if (_pressed != 0)
            {
                _pin.Toggle();
                _pressed = 0;
            }
        }

        /// <summary>Releases the line and gives the pin back.</summary>
        public void Close()
        {
            Release();
            _pin.Dispose();
        }
    }
}
