// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Outputs;

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>
    /// Refuses a profile that would harm or confuse an ESP32 before any pin is driven: pins that do not exist, cannot drive, decide the
    /// start-up, belong to memory or debugger, or are used twice; ranges that a part cannot take.
    /// </summary>
    public static class BoardCheck
    {
        private const int PinCount = 40;
        private const int FirstInputOnly = 34;
        private const int FirstConverterPin = 25;

        /// <summary>Shortest pulse that a servo is given, in µs.</summary>
        public const int ServoMin = 500;

        /// <summary>Longest pulse that a servo is given, in µs.</summary>
        public const int ServoMax = 2500;

        /// <summary>Frames in one DMA buffer of the I2S driver.</summary>
        public const int DmaFrames = 256;

        /// <summary>Checks a whole profile.</summary>
        /// <param name="profile">The profile.</param>
        /// <exception cref="BoardProfileException">It cannot be used.</exception>
        public static void Check(BoardProfile profile)
        {
            if (profile.Name == null || profile.Name.Length == 0)
            {
                throw new BoardProfileException(BoardFault.NoName, 0);
            }

            if (profile.MaxImageBytes <= 0 || profile.MaxNetworkBytes <= 0 || profile.StoreBytes <= 0
                || profile.LinkLossMilliseconds < 0 || profile.WatchdogMilliseconds < 0 || profile.TcpPort < 0 || profile.TcpPort > 65535)
            {
                throw new BoardProfileException(BoardFault.BadLimit, 0);
            }

            bool[] used = new bool[PinCount];
            Claim(used, profile.LampPin, true, profile.HasPsram);
            CheckPort(used, profile);
            CheckMicrophones(used, profile);
            for (int i = 0; i < profile.Outputs.Length; i++)
            {
                CheckOutput(used, profile.Outputs[i], i, profile.HasPsram);
            }
        }

        private static void CheckPort(bool[] used, BoardProfile profile)
        {
            if (profile.UartPort == null)
            {
                return;
            }

            bool known = profile.UartPort == "COM2" || profile.UartPort == "COM3";
            if (!known || profile.UartTxPin < 0 || profile.UartRxPin < 0 || profile.UartBaud <= 0)
            {
                throw new BoardProfileException(BoardFault.BadPort, 0);
            }

            Claim(used, profile.UartTxPin, true, profile.HasPsram);
            Claim(used, profile.UartRxPin, false, profile.HasPsram);
        }

        private static void CheckMicrophones(bool[] used, BoardProfile profile)
        {
            if (profile.MicrophoneBus == 0)
            {
                return;
            }

            int frames = profile.MicrophoneBufferFrames;
            if (profile.MicrophoneBus < 1 || profile.MicrophoneBus > 2
                || profile.MicrophoneClockPin < 0 || profile.MicrophoneSelectPin < 0 || profile.MicrophoneDataPin < 0
                || profile.MicrophoneMinRate <= 0 || profile.MicrophoneMaxRate < profile.MicrophoneMinRate
                || frames < 2 * DmaFrames || frames > 128 * DmaFrames || frames % DmaFrames != 0)
            {
                throw new BoardProfileException(BoardFault.BadMicrophones, 0);
            }

            Claim(used, profile.MicrophoneClockPin, true, profile.HasPsram);
            Claim(used, profile.MicrophoneSelectPin, true, profile.HasPsram);
            Claim(used, profile.MicrophoneDataPin, false, profile.HasPsram);
        }

        private static void CheckOutput(bool[] used, BoardOutput output, int number, bool hasPsram)
        {
            if (output.Pin < 0)
            {
                throw new BoardProfileException(BoardFault.NoSuchPin, output.Pin);
            }

            Claim(used, output.Pin, true, hasPsram);
            int least;
            int most;
            switch (output.Kind)
            {
                case OutputKind.Servo:
                    least = ServoMin;
                    most = ServoMax;
                    break;
                case OutputKind.Dac:
                    if (output.Pin != FirstConverterPin && output.Pin != FirstConverterPin + 1)
                    {
                        throw new BoardProfileException(BoardFault.NoConverter, output.Pin);
                    }

                    least = 0;
                    most = 255;
                    break;
                case OutputKind.Digital:
                    least = 0;
                    most = 1;
                    break;
                default:
                    throw new BoardProfileException(BoardFault.BadRange, number);
            }

            if (output.Low < least || output.High > most || output.Low >= output.High || output.Safe < output.Low || output.Safe > output.High)
            {
                throw new BoardProfileException(BoardFault.BadRange, number);
            }
        }

        private static void Claim(bool[] used, int pin, bool drives, bool hasPsram)
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

            if ((pin >= 6 && pin <= 11) || (hasPsram && (pin == 16 || pin == 17)))
            {
                throw new BoardProfileException(BoardFault.Memory, pin);
            }

            if (drives && pin >= FirstInputOnly)
            {
                throw new BoardProfileException(BoardFault.InputOnly, pin);
            }

            if (used[pin])
            {
                throw new BoardProfileException(BoardFault.UsedTwice, pin);
            }

            used[pin] = true;
        }
    }
}
