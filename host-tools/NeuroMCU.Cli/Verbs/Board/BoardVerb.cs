// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;

namespace NeuroMCU.Cli.Verbs.Board;

/// <summary><c>board</c>: the boards that are known, and the text by which a device knows its own.</summary>
internal static class BoardVerb
{
    public static Command Create(VerbRunner runner)
    {
        return new Command("board", "List boards, check a profile, write the board.txt that a device reads")
        {
            BoardListVerb.Create(runner),
            BoardTextVerb.Create(runner),
            BoardCheckVerb.Create(runner),
        };
    }
}
