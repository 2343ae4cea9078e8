// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;

namespace NeuroMCU.Cli.Inputs;

/// <summary>Looks, before a verb begins its work, whether what it is to write can have its place.</summary>
internal static class OutputPlace
{
    private static readonly string[] s_options = ["--out", "--figure", "--trials"];

    /// <summary>Checks every output that was asked for.</summary>
    /// <exception cref="CliException">A file stands where a folder is needed.</exception>
    public static void Require(ParseResult line)
    {
        IEnumerable<Option<string>> options = line.CommandResult.Command.Options.OfType<Option<string>>();
        foreach (Option<string> option in options.Where(o => s_options.Contains(o.Name)))
        {
            if (line.GetValue(option) is { Length: > 0 } path)
            {
                Require(option.Name, path, isFolder: option.HelpName == "DIR");
            }
        }
    }

    private static void Require(string option, string path, bool isFolder)
    {
        string place = Path.GetFullPath(path);
        for (string? folder = isFolder ? place : Path.GetDirectoryName(place); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(folder))
            {
                throw new CliException(
                    ExitCode.FileAccess,
                    $"{option} {path}: {folder} is a file, and a folder is needed there",
                    null,
                    "choose another place, or move that file away");
            }
        }
    }
}
