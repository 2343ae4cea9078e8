// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;

namespace NeuroMCU.Cli.Terminal;

/// <summary>Options that name a file which a verb writes: what the name promises is what stands in it.</summary>
internal static class OutputOptions
{
    /// <summary>Refuses a name that promises something else than what is written.</summary>
    /// <param name="ends">How the name may end; the first one is what the message proposes.</param>
    /// <returns>The same option.</returns>
    public static Option<string?> EndingIn(this Option<string?> option, string what, params string[] ends)
    {
        option.Validators.Add(result =>
        {
            string path = result.Tokens.Count == 0 ? string.Empty : result.Tokens[^1].Value;
            if (path.Length > 0 && !ends.Any(end => path.EndsWith(end, StringComparison.OrdinalIgnoreCase)))
            {
                result.AddError($"{option.Name} is '{path}', but {what} is written there: name it {Path.ChangeExtension(path, ends[0])}");
            }
        });
        return option;
    }
}
