// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Converters;
using NeuroMCU.Hardware.Spikes;

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>Refuses channels that would drive a neuron too hard, or would not see its spikes.</summary>
    internal static class ChannelCheck
    {
        private const int FirstDacPin = 25;
        private const int FirstConverterOnePin = 32;
        private const int SpiChannels = 8;
        private const int Counters = 8;

        /// <summary>Checks all channels of a profile.</summary>
        /// <param name="profile">The profile; its chips on SPI have been checked.</param>
        /// <exception cref="BoardProfileException">One of them cannot be used.</exception>
        public static void Check(PinClaims pins, BoardProfile profile)
        {
            bool[] used = new bool[profile.Spi.Length * SpiChannels];
            int counters = 0;
            bool taken = profile.MicrophoneBus == 1;
            int stream = -1;
            for (int i = 0; i < profile.Channels.Length; i++)
            {
                BoardChannel channel = profile.Channels[i];
                CheckDrive(pins, profile, channel, i, used);
                CheckSense(pins, profile, channel, i, used);
                CheckSpikes(pins, channel, i);
                if (channel.SpikeKind == SpikeInputKind.Counter && ++counters > Counters)
                {
                    throw new BoardProfileException(BoardFault.NoCounter, i);
                }

                if (channel.SpikeKind == SpikeInputKind.Stream)
                {
                    if (taken)
                    {
                        throw new BoardProfileException(BoardFault.StreamTaken, i);
                    }

                    taken = true;
                    stream = i;
                }

                if (!SharesReset(profile, i))
                {
                    pins.Claim(channel.ResetPin, true);
                }
            }

            CheckBesideStream(profile, stream);
        }

        /// <summary>While the DMA has the first converter, nobody else can read it: the platform's call would wait for ever.</summary>
        private static void CheckBesideStream(BoardProfile profile, int stream)
        {
            for (int i = 0; stream >= 0 && i < profile.Channels.Length; i++)
            {
                BoardChannel channel = profile.Channels[i];
                if (channel.SenseKind == ConverterKind.Internal && channel.SenseInput >= FirstConverterOnePin
                    && channel.SenseInput != profile.Channels[stream].SpikePin)
                {
                    throw new BoardProfileException(BoardFault.BesideStream, i);
                }
            }
        }

        /// <summary>One line may reset several neurons.</summary>
        private static bool SharesReset(BoardProfile profile, int number)
        {
            for (int i = 0; i < number; i++)
            {
                if (profile.Channels[i].ResetPin == profile.Channels[number].ResetPin)
                {
                    return true;
                }
            }

            return false;
        }

        private static void CheckDrive(PinClaims pins, BoardProfile profile, BoardChannel channel, int number, bool[] used)
        {
            if (channel.PulseOutput < -1 || channel.PulseOutput >= profile.Outputs.Length)
            {
                throw new BoardProfileException(BoardFault.BadDrive, number);
            }

            switch (channel.DriveKind)
            {
                case ConverterKind.None:
                    return;
                case ConverterKind.Internal:
                    if (channel.DriveInput != FirstDacPin && channel.DriveInput != FirstDacPin + 1)
                    {
                        throw new BoardProfileException(BoardFault.NoConverter, channel.DriveInput);
                    }

                    pins.Claim(channel.DriveInput, true);
                    break;
                case ConverterKind.Pwm:
                    if (channel.DriveFrequency <= 0 || channel.DriveInput < 0)
                    {
                        throw new BoardProfileException(BoardFault.BadDrive, number);
                    }

                    pins.Claim(channel.DriveInput, true);
                    if (channel.DriveFrequency < PwmOutput.OverflowFrequency && channel.DriveMax >= PwmOutput.OverflowCode)
                    {
                        throw new BoardProfileException(BoardFault.PwmOverflow, number);
                    }

                    break;
                case ConverterKind.Spi:
                    ClaimSpi(profile, channel.DriveDevice, channel.DriveInput, ChipKind.Ad5328, number, used, BoardFault.BadDrive);
                    break;
                default:
                    throw new BoardProfileException(BoardFault.BadDrive, number);
            }

            if (channel.DriveMax < 0 || channel.DriveMax > DriveTransfer.FullCode(channel.DriveKind) || channel.DriveSafe < 0
                || channel.DriveSafe > channel.DriveMax || channel.DriveReference <= 0 || channel.DriveOffset < 0
                || channel.DriveResistance <= 0
                || channel.DriveLimit < 0 || channel.DriveHold < 0)
            {
                throw new BoardProfileException(BoardFault.BadDrive, number);
            }

            if (DriveTransfer.Nanoamps(channel, channel.DriveMax) > channel.DriveLimit)
            {
                throw new BoardProfileException(BoardFault.AboveLimit, number);
            }

            if (channel.DriveHold > 0 && channel.DriveLimit > channel.DriveHold && !channel.DriveOverride)
            {
                throw new BoardProfileException(BoardFault.AboveHold, number);
            }
        }

        private static void CheckSense(PinClaims pins, BoardProfile profile, BoardChannel channel, int number, bool[] used)
        {
            switch (channel.SenseKind)
            {
                case ConverterKind.None:
                    break;
                case ConverterKind.Internal:
                    pins.ClaimAnalog(channel.SenseInput, profile.TcpPort != 0);
                    break;
                case ConverterKind.Spi:
                    ClaimSpi(profile, channel.SenseDevice, channel.SenseInput, ChipKind.Mcp3208, number, used, BoardFault.BadSense);
                    break;
                default:
                    throw new BoardProfileException(BoardFault.BadSense, number);
            }
        }

        private static void CheckSpikes(PinClaims pins, BoardChannel channel, int number)
        {
            int kind = channel.SpikeKind;
            if (kind == SpikeInputKind.None)
            {
                return;
            }

            bool analog = kind == SpikeInputKind.Sampled || kind == SpikeInputKind.Stream;
            if (kind < 0 || kind > SpikeInputKind.Stream || channel.SpikeDeadTime < 0 || channel.SpikeWidth <= 0
                || (kind != SpikeInputKind.Counter && channel.SpikeRate <= 0)
                || (kind == SpikeInputKind.Sampled) != (channel.SpikePin < 0)
                || (kind == SpikeInputKind.Sampled && channel.SenseKind == ConverterKind.None)
                || (analog && (channel.SpikeHysteresis < 0 || channel.SpikeThreshold <= channel.SpikeHysteresis
                    || channel.SpikeThreshold > 4095)))
            {
                throw new BoardProfileException(BoardFault.BadSpikes, number);
            }

            if (kind == SpikeInputKind.Stream)
            {
                if (channel.SpikePin < FirstConverterOnePin)
                {
                    throw new BoardProfileException(BoardFault.NoAnalogInput, channel.SpikePin);
                }

                if (channel.SenseKind != ConverterKind.Internal || channel.SpikePin != channel.SenseInput)
                {
                    pins.ClaimAnalog(channel.SpikePin, false);
                }
            }
            else
            {
                pins.Claim(channel.SpikePin, false);
            }

            if (!SamplingRule.Sees(kind, channel.SpikeRate, channel.SpikeWidth))
            {
                throw new BoardProfileException(BoardFault.Undersampled, number);
            }
        }

        private static void ClaimSpi(BoardProfile profile, int device, int input, int chip, int number, bool[] used, int fault)
        {
            if (device < 0 || device >= profile.Spi.Length || input < 0 || input >= SpiChannels || profile.Spi[device].Chip != chip)
            {
                throw new BoardProfileException(fault, number);
            }

            int place = (device * SpiChannels) + input;
            if (used[place])
            {
                throw new BoardProfileException(BoardFault.ConverterTwice, number);
            }

            used[place] = true;
        }
    }
}
