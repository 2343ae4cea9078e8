// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Host.Disks;
using NeuroMCU.Host.Networks;

namespace NeuroMCU.Host.Boards
{
    /// <summary>The file 'board.txt' of a device: written from a profile, and read as the firmware reads it.</summary>
    public static class BoardDeviceFile
    {
        /// <summary>Name of the file in the device's store.</summary>
        public const string Name = BoardStore.FileName;

        /// <summary>Most bytes that the firmware reads.</summary>
        public const int MostBytes = 4096;

        // Their values stay out of messages.
        private static readonly string[] s_secrets = ["wifi.password", "link.key"];

        /// <summary>Writes the text of a board.</summary>
        /// <param name="board">The board.</param>
        /// <returns>A text that the firmware's own reader has taken.</returns>
        /// <exception cref="BoardFileException">The text is longer than the firmware reads.</exception>
        public static string Text(BoardDescription board)
        {
            ArgumentNullException.ThrowIfNull(board);
            string text = BoardDeviceText.Write(board.Profile);
            Parse(text, board.File);
            return text;
        }

        /// <summary>Reads a file that a device is to have.</summary>
        /// <param name="path">Its path.</param>
        /// <returns>The board as the firmware understands it, and the length of its text in bytes.</returns>
        /// <exception cref="BoardFileException">The firmware would refuse it; the finding names the line.</exception>
        /// <exception cref="IOException">It cannot be read.</exception>
        public static (BoardProfile Profile, int Bytes) Load(string path)
        {
            string text = InputFile.ReadText(path);
            return (Parse(text, path), Encoding.UTF8.GetByteCount(text));
        }

        private static BoardProfile Parse(string text, string path)
        {
            int bytes = Encoding.UTF8.GetByteCount(text);
            if (bytes > MostBytes)
            {
                throw Failure(path, 0, string.Empty, string.Create(CultureInfo.InvariantCulture, $"the device's text has {bytes} bytes, the firmware reads {MostBytes}"), "use fewer channels and outputs, or shorter names");
            }

            try
            {
                return BoardText.Parse(text);
            }
            catch (BoardProfileException e)
            {
                bool inLine = e.Code is BoardFault.Syntax or BoardFault.UnknownKey or BoardFault.BadValue or BoardFault.BadKey;
                string line = inLine ? text.Split('\n').ElementAtOrDefault(e.Detail - 1)?.Trim() ?? string.Empty : string.Empty;
                string key = line.Split('=')[0].Trim();
                (string message, string hint) = BoardFaultText.Explain(e.Code, e.Detail);
                string value = line.Length == 0 || s_secrets.Contains(key, StringComparer.Ordinal) ? string.Empty : ": `" + line + "`";
                throw Failure(path, inLine ? e.Detail : 0, line.Contains('=', StringComparison.Ordinal) ? key : string.Empty, message + value, hint);
            }
        }

        private static BoardFileException Failure(string path, int line, string field, string message, string hint)
        {
            return new BoardFileException([new Diagnostic(path, line, 1, field, message, hint)]);
        }
    }
}
