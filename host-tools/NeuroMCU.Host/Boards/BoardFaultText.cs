// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Hardware.Boards;

namespace NeuroMCU.Host.Boards
{
    /// <summary>Says in words what the firmware's check of a board profile reports as a code.</summary>
    public static class BoardFaultText
    {
        /// <summary>Explains a fault.</summary>
        /// <param name="code">One of <see cref="BoardFault" />.</param>
        /// <param name="detail">The line, GPIO or output that the code speaks of.</param>
        /// <returns>What is wrong, and what to do.</returns>
        public static (string Message, string Hint) Explain(int code, int detail)
        {
            string n = detail.ToString(CultureInfo.InvariantCulture);
            return code switch
            {
                BoardFault.Syntax => ("line " + n + " is not 'key=value'", "write the file again from its profile"),
                BoardFault.UnknownKey => ("line " + n + " has an unknown key", "write the file again from its profile, with the program that fits the firmware"),
                BoardFault.BadValue => ("line " + n + " has a value that cannot be read", "write the file again from its profile"),
                BoardFault.NoName => ("the profile has no name", "add `name: my-board`"),
                BoardFault.NoSuchPin => ("the ESP32 has no GPIO" + n, "use one of 4, 13, 14, 16 to 19, 21 to 23, 25 to 27, 32, 33, and 34 to 39 for inputs"),
                BoardFault.InputOnly => ("GPIO" + n + " can only be read", "outputs need one of 4, 13, 14, 16 to 19, 21 to 23, 25 to 27, 32, 33"),
                BoardFault.Strapping => ("GPIO" + n + " decides how the chip starts", "leave 0, 2, 5, 12 and 15 alone"),
                BoardFault.Memory => ("GPIO" + n + " belongs to the memory of the module", "leave 6 to 11 alone, with PSRAM also 16 and 17"),
                BoardFault.Debugger => ("GPIO" + n + " belongs to the debugger's serial port", "leave 1 and 3 alone"),
                BoardFault.UsedTwice => ("GPIO" + n + " is used twice", "give each line a pin of its own"),
                BoardFault.NoConverter => ("GPIO" + n + " has no converter", "a DAC sits on GPIO25 or GPIO26"),
                BoardFault.BadRange => ("the range of output " + n + " is empty, too wide, or its safe level lies outside", "write low < high with safe between them; a servo takes 500 us to 2500 us"),
                BoardFault.BadPort => ("the serial port lacks a pin or a baud rate", "write `port`, `tx`, `rx` and `baud`"),
                BoardFault.BadMicrophones => ("the microphones lack a pin, or their rates or buffer do not fit", "write lowest_rate <= highest_rate and a buffer of 512 to 32768 frames in steps of 256"),
                BoardFault.BadLimit => ("a limit is not positive", "write positive numbers of bytes"),
                BoardFault.BadKey => ("line " + n + ": the link key is not 64 hexadecimal digits", "write the file again with a key of 32 bytes"),
                _ => ("fault " + code.ToString(CultureInfo.InvariantCulture) + " at " + n, "update the program: the firmware is newer"),
            };
        }
    }
}
