// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>The lines that describe chips on SPI and channels: lists of numbers behind a name.</summary>
    public static partial class BoardText
    {
        /// <summary>Most chips on SPI that a profile may have: three on each of two buses.</summary>
        public const int MaxChips = 6;

        /// <summary>Most channels that a profile may have.</summary>
        public const int MaxChannels = 16;

        private static bool Begins(string key, string prefix)
            => key.Length > prefix.Length && key.Substring(0, prefix.Length) == prefix;

        /// <summary>spi.N=name,chip,bus,clock,mosi,miso,select,mode,frequency,reference.</summary>
        private static void ParseChip(BoardSpi[] chips, string key, string value, int line)
        {
            int number = ParseNumber(key, line);
            if (number < 0 || number >= MaxChips || chips[number] != null)
            {
                throw new BoardProfileException(BoardFault.BadValue, line);
            }

            int[] n = NamedNumbers(value, 9, line);
            BoardSpi chip = new BoardSpi();
            chip.Name = value.Substring(0, value.IndexOf(','));
            chip.Chip = n[0];
            chip.Bus = n[1];
            chip.ClockPin = n[2];
            chip.MosiPin = n[3];
            chip.MisoPin = n[4];
            chip.SelectPin = n[5];
            chip.Mode = n[6];
            chip.Frequency = n[7];
            chip.Reference = n[8];
            chips[number] = chip;
        }

        /// <summary>channel.N=name, then channel.N.drive, .sense, .spikes, .pulses and .reset as far as the channel has them.</summary>
        private static void ParseChannel(BoardChannel[] channels, string key, string value, int line)
        {
            int dot = key.IndexOf('.');
            int number = ParseNumber(dot < 0 ? key : key.Substring(0, dot), line);
            if (number < 0 || number >= MaxChannels || (channels[number] == null) != (dot < 0))
            {
                throw new BoardProfileException(BoardFault.BadValue, line);
            }

            if (dot < 0)
            {
                BoardChannel fresh = new BoardChannel();
                fresh.Name = value;
                channels[number] = fresh;
                return;
            }

            BoardChannel channel = channels[number];
            switch (key.Substring(dot + 1))
            {
                case "drive":
                    SetDrive(channel, Numbers(value, 0, 12, line));
                    break;
                case "sense":
                    int[] sense = Numbers(value, 0, 3, line);
                    channel.SenseKind = sense[0];
                    channel.SenseDevice = sense[1];
                    channel.SenseInput = sense[2];
                    break;
                case "spikes":
                    SetSpikes(channel, Numbers(value, 0, 7, line));
                    break;
                case "pulses":
                    channel.PulseOutput = ParseNumber(value, line);
                    break;
                case "reset":
                    channel.ResetPin = ParseNumber(value, line);
                    break;
                default:
                    throw new BoardProfileException(BoardFault.UnknownKey, line);
            }
        }

        private static void SetDrive(BoardChannel channel, int[] n)
        {
            channel.DriveKind = n[0];
            channel.DriveDevice = n[1];
            channel.DriveInput = n[2];
            channel.DriveMax = n[3];
            channel.DriveSafe = n[4];
            channel.DriveLimit = n[5];
            channel.DriveHold = n[6];
            channel.DriveOverride = n[7] != 0;
            channel.DriveReference = n[8];
            channel.DriveOffset = n[9];
            channel.DriveResistance = n[10];
            channel.DriveFrequency = n[11];
        }

        private static void SetSpikes(BoardChannel channel, int[] n)
        {
            channel.SpikeKind = n[0];
            channel.SpikePin = n[1];
            channel.SpikeDeadTime = n[2];
            channel.SpikeThreshold = n[3];
            channel.SpikeHysteresis = n[4];
            channel.SpikeRate = n[5];
            channel.SpikeWidth = n[6];
        }

        private static void CloseLists(BoardProfile profile, BoardSpi[] chips, BoardChannel[] channels)
        {
            int count = LengthOf(chips);
            profile.Spi = new BoardSpi[count];
            for (int i = 0; i < count; i++)
            {
                profile.Spi[i] = chips[i];
            }

            count = LengthOf(channels);
            profile.Channels = new BoardChannel[count];
            for (int i = 0; i < count; i++)
            {
                profile.Channels[i] = channels[i];
            }
        }

        private static int LengthOf(object[] items)
        {
            int count = 0;
            while (count < items.Length && items[count] != null)
            {
                count++;
            }

            for (int i = count; i < items.Length; i++)
            {
                if (items[i] != null)
                {
                    // A gap in the numbers: networks would be bound to the wrong channel.
                    throw new BoardProfileException(BoardFault.Gap, count);
                }
            }

            return count;
        }

        /// <summary>A name, a comma, and so many numbers.</summary>
        private static int[] NamedNumbers(string value, int count, int line)
        {
            int comma = value.IndexOf(',');
            if (comma <= 0)
            {
                throw new BoardProfileException(BoardFault.BadValue, line);
            }

            return Numbers(value, comma + 1, count, line);
        }

        private static int[] Numbers(string value, int start, int count, int line)
        {
            int[] numbers = new int[count];
            for (int i = 0; i < count; i++)
            {
                int end = value.IndexOf(',', start);
                bool last = i == count - 1;
                if ((end < 0) != last)
                {
                    throw new BoardProfileException(BoardFault.BadValue, line);
                }

                numbers[i] = ParseNumber(value.Substring(start, (last ? value.Length : end) - start), line);
                start = end + 1;
            }

            return numbers;
        }
    }
}
