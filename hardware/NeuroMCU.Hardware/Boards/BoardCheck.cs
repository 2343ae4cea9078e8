// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Converters;
using NeuroMCU.Hardware.Microphones;
using NeuroMCU.Hardware.Outputs;

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>
    /// Refuses a profile that would harm or confuse an ESP32 before any pin is driven: pins that do not exist, cannot drive, decide the
    /// start-up, belong to memory or debugger, or are used twice; ranges that a part cannot take.
    /// </summary>
    public static class BoardCheck
    {
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

            PinClaims pins = new PinClaims(profile.HasPsram);
            pins.Claim(profile.LampPin, true);
            pins.Claim(profile.ButtonPin, false);
            CheckPort(pins, profile);
            CheckMicrophones(pins, profile);
            for (int i = 0; i < profile.Outputs.Length; i++)
            {
                CheckOutput(pins, profile, profile.Outputs[i], i);
            }

            SpiCheck.Check(pins, profile);
            I2cCheck.Check(pins, profile);
            NodeCheck.CheckParts(pins, profile);
            ChannelCheck.Check(pins, profile);
            PwmTimers.Assign(profile);
            NodeCheck.Check(profile.Nodes);
        }

        private static void CheckPort(PinClaims pins, BoardProfile profile)
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

            pins.Claim(profile.UartTxPin, true);
            pins.Claim(profile.UartRxPin, false);
        }

        private static void CheckMicrophones(PinClaims pins, BoardProfile profile)
        {
            if (profile.MicrophoneBus == 0)
            {
                return;
            }

            int frames = profile.MicrophoneBufferFrames;
            if (profile.MicrophoneBus < 1 || profile.MicrophoneBus > 2
                || profile.MicrophoneClockPin < 0 || profile.MicrophoneSelectPin < 0 || profile.MicrophoneDataPin < 0
                || profile.MicrophoneMinRate <= 0 || profile.MicrophoneMaxRate < profile.MicrophoneMinRate
                || frames < 2 * I2sMicrophonePair.DmaFrames || frames > 128 * I2sMicrophonePair.DmaFrames
                || frames % I2sMicrophonePair.DmaFrames != 0)
            {
                throw new BoardProfileException(BoardFault.BadMicrophones, 0);
            }

            pins.Claim(profile.MicrophoneClockPin, true);
            pins.Claim(profile.MicrophoneSelectPin, true);
            pins.Claim(profile.MicrophoneDataPin, false);
        }

        private static void CheckOutput(PinClaims pins, BoardProfile profile, BoardOutput output, int number)
        {
            if (output.Pin < 0)
            {
                throw new BoardProfileException(BoardFault.NoSuchPin, output.Pin);
            }

            if (output.Kind != OutputKind.Pot)
            {
                pins.Claim(output.Pin, true);
            }

            int least;
            int most;
            switch (output.Kind)
            {
                case OutputKind.Servo:
                    least = ServoOutput.ShortestPulse;
                    most = ServoOutput.LongestPulse;
                    break;
                case OutputKind.Dac:
                    if (output.Pin != InternalDac.FirstPin && output.Pin != InternalDac.FirstPin + 1)
                    {
                        throw new BoardProfileException(BoardFault.NoConverter, output.Pin);
                    }

                    least = 0;
                    most = InternalDac.MaxCode;
                    break;
                case OutputKind.Pot:
                    if (output.Pin >= profile.Spi.Length || profile.Spi[output.Pin].Chip != ChipKind.Mcp41010)
                    {
                        throw new BoardProfileException(BoardFault.BadRange, number);
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

            if (output.Low < least || output.High > most || output.Low >= output.High || output.Safe < output.Low
                || output.Safe > output.High)
            {
                throw new BoardProfileException(BoardFault.BadRange, number);
            }
        }
    }
}
