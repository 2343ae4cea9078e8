// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.Gpio;

namespace NeuroMCU.Hardware.Panel
{
    /// <summary>A button between a pin and ground. GPIO34 to 39 have no pull-up of their own and need a resistor to 3.3 V.</summary>
    public sealed class PushButton
    {
        private const int FirstWithoutPulls = 34;

        private readonly GpioPin _pin;

        /// <summary>Initializes a new instance of the <see cref="PushButton" /> class.</summary>
        /// <param name="controller">The pins.</param>
        /// <param name="pin">GPIO number.</param>
        public PushButton(GpioController controller, int pin)
        {
            _pin = controller.OpenPin(pin, pin < FirstWithoutPulls ? PinMode.InputPullUp : PinMode.Input);
        }

        /// <summary>Gets a value indicating whether the button is down at this moment. Each look leaves 48 bytes on the heap.</summary>
        public bool IsDown => _pin.Read() == PinValue.Low;
    }
}
