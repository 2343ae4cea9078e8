// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Converters;

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>
    /// Refuses chips on SPI that cannot work together: the ESP32 driver of nanoFramework runs every chip of a bus with the mode and the
    /// clock of the one that was opened first, so that a second one of another mode would be written to in the wrong mode without a word.
    /// </summary>
    internal static class SpiCheck
    {
        private const int MaxFrequencyOfAd5328 = 30000000;

        /// <summary>MCP3208 data sheet: 1 MHz at 2.7 V, 2 MHz at 5 V; the project's boards run it on 3.3 V.</summary>
        private const int MaxFrequencyOfMcp3208 = 1000000;

        private const int MaxFrequencyOfMcp41010 = 10000000;

        /// <summary>Checks all chips of a profile.</summary>
        /// <exception cref="BoardProfileException">One of them cannot be used.</exception>
        public static void Check(PinClaims pins, BoardProfile profile)
        {
            for (int i = 0; i < profile.Spi.Length; i++)
            {
                BoardSpi chip = profile.Spi[i];
                CheckChip(chip, i);
                BoardSpi first = FirstOf(profile, chip.Bus);
                if (first == chip)
                {
                    pins.Claim(chip.ClockPin, true);
                    pins.Claim(chip.MosiPin, true);
                    pins.Claim(chip.MisoPin, false);
                }
                else if (first.Mode != chip.Mode || first.Frequency != chip.Frequency
                    || first.ClockPin != chip.ClockPin || first.MosiPin != chip.MosiPin || first.MisoPin != chip.MisoPin)
                {
                    throw new BoardProfileException(BoardFault.SpiShared, i);
                }

                pins.Claim(chip.SelectPin, true);
            }
        }

        private static void CheckChip(BoardSpi chip, int number)
        {
            int fastest = FastestOf(chip.Chip);
            if (fastest == 0 || chip.Bus < 1 || chip.Bus > 2 || chip.Mode < 0 || chip.Mode > 3 || chip.Frequency <= 0
                || chip.Reference <= 0 || chip.Reference > 5500
                || chip.ClockPin < 0 || chip.MosiPin < 0 || chip.SelectPin < 0 || (chip.Chip == ChipKind.Mcp3208 && chip.MisoPin < 0))
            {
                throw new BoardProfileException(BoardFault.BadSpi, number);
            }

            // The AD5328 takes a bit at the falling edge of the clock, Microchip's parts at the rising one.
            bool falling = chip.Mode == 1 || chip.Mode == 2;
            if (falling != (chip.Chip == ChipKind.Ad5328))
            {
                throw new BoardProfileException(BoardFault.SpiMode, number);
            }

            if (chip.Frequency > fastest)
            {
                throw new BoardProfileException(BoardFault.SpiClock, number);
            }
        }

        private static int FastestOf(int chip)
        {
            switch (chip)
            {
                case ChipKind.Ad5328:
                    return MaxFrequencyOfAd5328;
                case ChipKind.Mcp3208:
                    return MaxFrequencyOfMcp3208;
                case ChipKind.Mcp41010:
                    return MaxFrequencyOfMcp41010;
                default:
                    return 0;
            }
        }

        private static BoardSpi FirstOf(BoardProfile profile, int bus)
        {
            int i = 0;
            while (profile.Spi[i].Bus != bus)
            {
                i++;
            }

            return profile.Spi[i];
        }
    }
}
