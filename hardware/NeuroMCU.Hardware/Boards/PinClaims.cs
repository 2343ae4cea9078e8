// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>Which GPIOs of an ESP32 a profile has given away; refuses those that do not exist, are no good, or are taken.</summary>
    internal sealed class PinClaims
    {
        private const int PinCount = 40;
        private const int FirstInputOnly = 34;
        private const int FirstAnalog = 32;

        private readonly bool[] _used = new bool[PinCount];
        private readonly bool _hasPsram;

        /// <summary>Initializes a new instance of the <see cref="PinClaims" /> class with nothing given away.</summary>
        /// <param name="hasPsram">True when GPIO16 and GPIO17 belong to PSRAM.</param>
        public PinClaims(bool hasPsram)
        {
            _hasPsram = hasPsram;
        }

        /// <summary>Gives a pin away.</summary>
        /// <param name="pin">GPIO number; -1 for none.</param>
        /// <exception cref="BoardProfileException">The pin cannot be had.</exception>
        public void Claim(int pin, bool drives)
        {
            if (pin == -1)
            {
                return;
            }

            bool exists = (pin >= 0 && pin <= 19) || (pin >= 21 && pin <= 23) || (pin >= 25 && pin <= 27) || (pin >= 32 && pin <= 39);
            if (!exists)
            {
                throw new BoardProfileException(BoardFault.NoSuchPin, pin);
            }

            if (pin == 1 || pin == 3)
            {
                throw new BoardProfileException(BoardFault.Debugger, pin);
            }

            if (pin == 0 || pin == 2 || pin == 5 || pin == 12 || pin == 15)
            {
                throw new BoardProfileException(BoardFault.Strapping, pin);
            }

            if ((pin >= 6 && pin <= 11) || (_hasPsram && (pin == 16 || pin == 17)))
            {
                throw new BoardProfileException(BoardFault.Memory, pin);
            }

            if (drives && pin >= FirstInputOnly)
            {
                throw new BoardProfileException(BoardFault.InputOnly, pin);
            }

            if (_used[pin])
            {
                throw new BoardProfileException(BoardFault.UsedTwice, pin);
            }

            _used[pin] = true;
        }

        /// <summary>Gives a pin away as an analog input.</summary>
        /// <param name="radio">True when Wi-Fi may be on: the second converter cannot be read then.</param>
        /// <exception cref="BoardProfileException">The pin cannot be had, or not for this.</exception>
        public void ClaimAnalog(int pin, bool radio)
        {
            if (pin < 0)
            {
                throw new BoardProfileException(BoardFault.NoSuchPin, pin);
            }

            Claim(pin, false);
            if (pin >= FirstAnalog)
            {
                return;
            }

            bool second = pin == 4 || pin == 13 || pin == 14 || (pin >= 25 && pin <= 27);
            if (!second)
            {
                throw new BoardProfileException(BoardFault.NoAnalogInput, pin);
            }

            if (radio)
            {
                throw new BoardProfileException(BoardFault.RadioConverter, pin);
            }
        }
    }
}
