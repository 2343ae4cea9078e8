// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;

namespace NeuroMCU.Cli.Terminal;

/// <summary>Writes to a terminal. What is written after the terminal was closed is dropped: results still go to their files.</summary>
internal sealed class TerminalWriter(TextWriter terminal) : TextWriter
{
    public override Encoding Encoding => terminal.Encoding;

    public override void Write(char value) => Try(() => terminal.Write(value));

    public override void Write(string? value) => Try(() => terminal.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => terminal.Write(buffer, index, count));

    public override void Flush() => Try(terminal.Flush);

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (IOException)
        {
        }
    }
}
