// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>The lines that describe chips on I2C.</summary>
    public static partial class BoardText
    {
        /// <summary>Most chips on I2C that a profile may have: sixteen of four potentiometers, and what reads and switches.</summary>
        public const int MaxWired = 24;

        /// <summary>i2c.N=name,chip,bus,data,clock,frequency,address,switch,branch.</summary>
        private static void ParseWired(BoardI2c[] chips, string key, string value, int line)
        {
            int number = ParseNumber(key, line);
            if (number < 0 || number >= MaxWired || chips[number] != null)
            {
                throw new BoardProfileException(BoardFault.BadValue, line);
            }

            int[] n = NamedNumbers(value, 8, line);
            BoardI2c chip = new BoardI2c();
            chip.Name = value.Substring(0, value.IndexOf(','));
            chip.Chip = n[0];
            chip.Bus = n[1];
            chip.DataPin = n[2];
            chip.ClockPin = n[3];
            chip.Frequency = n[4];
            chip.Address = n[5];
            chip.Switch = n[6];
            chip.Branch = n[7];
            chips[number] = chip;
        }

        private static void CloseWired(BoardProfile profile, BoardI2c[] chips)
        {
            int count = LengthOf(chips);
            profile.I2c = new BoardI2c[count];
            for (int i = 0; i < count; i++)
            {
                profile.I2c[i] = chips[i];
            }
        }
    }
}
