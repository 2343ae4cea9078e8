// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.Gpio;

namespace NeuroMCU.Hardware.Outputs
{
    /// <summary>The status lamp of a board; a board without one has a lamp that does nothing.</summary>
    public sealed class StatusLamp
    {
        private readonly GpioPin _pin;

        /// <summary>Initializes a new instance of the <see cref="StatusLamp" /> class, switched off.</summary>
        /// <param name="controller">The pins.</param>
        /// <param name="pin">GPIO number; -1 when the board has no lamp.</param>
        public StatusLamp(GpioController controller, int pin)
        {
            if (pin >= 0)
            {
                _pin = controller.OpenPin(pin, PinMode.Output);
                _pin.Write(PinValue.Low);
            }
        }

        /// <summary>Gets a value indicating whether the lamp is lit.</summary>
        public bool Lit { get; private set; }

        /// <summary>Switches the lamp on or off.</summary>
        /// <param name="lit">True to switch it on.</param>
        public void Set(bool lit)
        {
            if (lit != Lit)
            {
                Toggle();
            }
        }

        /// <summary>Changes the lamp.</summary>
        public void Toggle()
        {
            Lit = !Lit;
            if (_pin != null)
            {
                _pin.Toggle();
            }
        }
    }
}
