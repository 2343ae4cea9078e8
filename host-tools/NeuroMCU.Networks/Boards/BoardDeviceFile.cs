// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using NeuroMCU.Hardware.Boards;

namespace NeuroMCU.Networks.Boards;

/// <summary>The file 'board.txt' of a device: written from a profile, and read as the firmware reads it.</summary>
public static class BoardDeviceFile
{
    /// <summary>Name of the file in the device's store.</summary>
    public const string Name = BoardStore.FileName;

    /// <summary>Most bytes that the firmware reads.</summary>
    public const int MostBytes = 4096;

    // Their values stay out of messages.
    private static readonly string[] s_secrets = ["wifi.password", "link.key", "hub.key"];

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
            throw Failure(path, 0, string.Empty, string.Create(CultureInfo.InvariantCulture,
                $"the device's text has {bytes} bytes, the firmware reads {MostBytes}"),
                "use fewer channels and outputs, or shorter names");
        }

        try
        {
            return BoardText.Parse(text);
        }
        catch (BoardProfileException e)
        {
            int number = LineOf(text, e);
            string line = text.Split('\n').ElementAtOrDefault(number - 1)?.Trim() ?? string.Empty;
            string key = line.Split('=')[0].Trim();
            (string message, string hint) = BoardFaultText.Explain(e.Code, e.Detail);
            string value = line.Length == 0 || s_secrets.Contains(key, StringComparer.Ordinal) ? string.Empty : ": `" + line + "`";
            throw Failure(path, number, line.Contains('=', StringComparison.Ordinal) ? key : string.Empty, message + value, hint);
        }
    }

    // The firmware names the pin or the channel of most faults: they begin with the line without which the text would not have them.
    private static int LineOf(string text, BoardProfileException fault)
    {
        switch (fault.Code)
        {
            case BoardFault.Syntax or BoardFault.UnknownKey or BoardFault.BadValue or BoardFault.BadKey:
                return fault.Detail;
            case BoardFault.NoName or BoardFault.BadPort or BoardFault.BadMicrophones or BoardFault.BadLimit or BoardFault.Gap:
                return 0;
        }

        string[] lines = text.Split('\n');
        for (int count = 1; count <= lines.Length; count++)
        {
            try
            {
                BoardText.Parse(string.Join('\n', lines[..count]));
            }
            catch (BoardProfileException earlier) when (earlier.Code == fault.Code && earlier.Detail == fault.Detail)
            {
                return count;
            }
            catch (BoardProfileException)
            {
                // What a later line brings is missing yet.
            }
        }

        return 0;
    }

    private static BoardFileException Failure(string path, int line, string field, string message, string hint)
        => new BoardFileException([new Diagnostic(path, line, 1, field, message, hint)]);
}
