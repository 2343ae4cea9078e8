// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Boards;

namespace NeuroMCU.Compiler;

/// <summary>Finds the board that a network is compiled for and checks what the network asks of it.</summary>
internal static class TargetBoard
{
    /// <summary>Finds the board: the caller's, the file's, or the one that the virtual bench stands for.</summary>
    /// <returns>The board; null after a finding.</returns>
    public static BoardDescription? Find(Network network, CompilerOptions options, ICollection<Diagnostic> errors)
    {
        BoardDescription? board = options.Board ?? Named(network, errors);
        if (board != null && (options.Board != null || network.Board != null))
        {
            CheckOutputs(network, board.Profile, errors);
            CheckMicrophones(network, board.Profile, errors);
        }

        return board;
    }

    /// <summary>Number by which the image is bound.</summary>
    /// <returns>0 when the file names no board; a profile given by its path binds by its name.</returns>
    public static uint IdOf(Network network, BoardDescription? board)
    {
        return network.Board == null ? 0 : NetworkCompiler.BoardId(BoardCatalog.IsPath(network.Board) ? board?.Profile.Name
            : network.Board);
    }

    private static BoardDescription? Named(Network network, ICollection<Diagnostic> errors)
    {
        string name = network.Board ?? BoardCatalog.DefaultName;
        try
        {
            return BoardCatalog.Find(name);
        }
        catch (BoardFileException e)
        {
            foreach (Diagnostic finding in e.Diagnostics)
            {
                // A finding inside a profile keeps its own place; that there is no such board is a finding of the network file.
                errors.Add(finding.Line > 0 ? finding : Diagnostic.At(network.BoardLocation, "`" + name + "`: " + finding.Message,
                    finding.Hint, finding.Kind));
            }

            return null;
        }
    }

    private static void CheckOutputs(Network network, BoardProfile board, ICollection<Diagnostic> errors)
    {
        int count = board.Outputs?.Length ?? 0;
        foreach (OutputBinding binding in network.Outputs.Where(b => b.Output >= count))
        {
            string names = count == 0
                ? "it has no outputs"
                : "its outputs are "
                + string.Join(", ", board.Outputs!.Select((o, i) => string.Create(CultureInfo.InvariantCulture, $"{i} ({o.Name})")));
            errors.Add(Diagnostic.At(
                binding.Location,
                string.Create(CultureInfo.InvariantCulture, $"`{board.Name}` has no output {binding.Output}"),
                names));
        }
    }

    private static void CheckMicrophones(Network network, BoardProfile board, ICollection<Diagnostic> errors)
    {
        if (network.Hearing == null)
        {
            return;
        }

        int rate = network.Hearing.SampleRate;
        if (board.MicrophoneBus <= 0)
        {
            errors.Add(Diagnostic.At(network.Hearing.Location, "`" + board.Name + "` has no microphones",
                "take a board that has, or remove `hearing`"));
        }
        else if (rate < board.MicrophoneMinRate || rate > board.MicrophoneMaxRate)
        {
            errors.Add(Diagnostic.At(
                network.Hearing.Location,
                string.Create(CultureInfo.InvariantCulture,
                    $"the sample rate of {rate} Hz is not one that `{board.Name}` reads its microphones at"),
                string.Create(CultureInfo.InvariantCulture,
                    $"write a `sample_rate` from {board.MicrophoneMinRate} Hz to {board.MicrophoneMaxRate} Hz")));
        }
    }
}
