// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Converters;

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>
    /// Refuses chips on I2C that cannot be reached: two that answer to one address, or an address that a part does not have.
    /// </summary>
    internal static class I2cCheck
    {
        /// <summary>Checks all chips of a profile.</summary>
        /// <exception cref="BoardProfileException">One of them cannot be used.</exception>
        public static void Check(PinClaims pins, BoardProfile profile)
        {
            BoardI2c[] chips = profile.I2c;
            for (int i = 0; i < chips.Length; i++)
            {
                BoardI2c chip = chips[i];
                CheckChip(profile, chip, i);
                BoardI2c first = FirstOf(chips, chip.Bus);
                if (first == chip)
                {
                    pins.Claim(chip.DataPin, true);
                    pins.Claim(chip.ClockPin, true);
                }
                else if (first.DataPin != chip.DataPin || first.ClockPin != chip.ClockPin || first.Frequency != chip.Frequency)
                {
                    throw new BoardProfileException(BoardFault.I2cShared, i);
                }

                for (int k = 0; k < i; k++)
                {
                    if (Meet(chips[k], chip))
                    {
                        throw new BoardProfileException(BoardFault.I2cAddress, i);
                    }
                }
            }
        }

        private static void CheckChip(BoardProfile profile, BoardI2c chip, int number)
        {
            int least = LeastAddress(chip.Chip);
            int addresses = chip.Chip == I2cKind.Tca9548A ? 8 : chip.Chip == I2cKind.Ssd1306 ? 2 : 4;
            if (least == 0 || chip.Bus < 1 || chip.Bus > 2 || chip.DataPin < 0 || chip.ClockPin < 0
                || (chip.Frequency != 100000 && chip.Frequency != 400000)
                || chip.Address < least || chip.Address >= least + addresses)
            {
                throw new BoardProfileException(BoardFault.BadI2c, number);
            }

            // The display is written while nodes are at work on another branch: it stands on the bus itself, and there is one.
            bool isDisplay = chip.Chip == I2cKind.Ssd1306;
            if (isDisplay && (chip.Switch >= 0 || First(profile, I2cKind.Ssd1306) != number))
            {
                throw new BoardProfileException(BoardFault.BadDisplay, number);
            }

            if (chip.Switch < 0)
            {
                return;
            }

            // A switch stands before the chips behind it, and on the bus itself.
            bool found = chip.Switch < number && profile.I2c[chip.Switch].Chip == I2cKind.Tca9548A
                && profile.I2c[chip.Switch].Bus == chip.Bus && chip.Chip != I2cKind.Tca9548A;
            if (!found || chip.Branch < 0 || chip.Branch >= Tca9548A.Buses)
            {
                throw new BoardProfileException(BoardFault.BadI2c, number);
            }
        }

        /// <summary>Gets the first chip of a kind; -1 when there is none.</summary>
        internal static int First(BoardProfile profile, int kind)
        {
            for (int i = 0; i < profile.I2c.Length; i++)
            {
                if (profile.I2c[i].Chip == kind)
                {
                    return i;
                }
            }

            return -1;
        }

        private static int LeastAddress(int chip)
        {
            switch (chip)
            {
                case I2cKind.Mcp4461:
                    return 0x2c;
                case I2cKind.Tca9548A:
                    return 0x70;
                case I2cKind.Ads1115:
                case I2cKind.Adg715:
                    return 0x48;
                case I2cKind.Ssd1306:
                    return 0x3c;
                default:
                    return 0;
            }
        }

        /// <summary>Whether both chips answer at once: the drivers connect one branch of one switch at a time.</summary>
        private static bool Meet(BoardI2c one, BoardI2c other)
        {
            if (one.Bus != other.Bus || one.Address != other.Address)
            {
                return false;
            }

            return one.Switch < 0 || other.Switch < 0 || (one.Switch == other.Switch && one.Branch == other.Branch);
        }

        private static BoardI2c FirstOf(BoardI2c[] chips, int bus)
        {
            int i = 0;
            while (chips[i].Bus != bus)
            {
                i++;
            }

            return chips[i];
        }
    }
}
