// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;

namespace NeuroMCU.Cli.Inputs;

/// <summary>Options that <c>hub</c> and <c>site</c> share.</summary>
internal static class InternetOptions
{
    /// <summary>How long to work.</summary>
    /// <returns>The option.</returns>
    public static Option<string?> For() => new("--for", "-t")
    {
        Description = "How long, such as \"60 s\" (default: until Ctrl-C)",
        HelpName = "TIME"
    };

    /// <summary>Write lines as a service does.</summary>
    /// <returns>The option.</returns>
    public static Option<bool> Service() => new("--service")
    {
        Description = "Write lines with a level each, as a journal wants them (always so under systemd)",
    };

    /// <summary>Only look at the file.</summary>
    /// <returns>The option.</returns>
    public static Option<bool> Check() => new("--check") { Description = "Check the file and do nothing else" };
}
