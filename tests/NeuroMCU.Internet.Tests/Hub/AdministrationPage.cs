// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace NeuroMCU.Internet.Tests.Hub;

/// <summary>The files that the pages give to an administrator, as they stand there.</summary>
internal static partial class AdministrationPage
{
    private static readonly Lazy<string?> s_openssl = new(() => new[] { "/usr/bin/openssl", "/usr/local/bin/openssl",
        "/opt/homebrew/bin/openssl" }.FirstOrDefault(File.Exists));

    public static bool HasOpenssl => s_openssl.Value is not null;

    /// <summary>The n-th block of a kind on a page of the guides.</summary>
    public static string Block(string page, string kind, int number = 0)
    {
        string text = File.ReadAllText(Path.Combine(Root(), "docs", "guides", page));
        return Blocks().Matches(text).Where(m => m.Groups["kind"].Value == kind).Select(m => m.Groups["text"].Value).ElementAt(number);
    }

    /// <summary>Makes the certificates of the page in a folder.</summary>
    public static void MakeCertificates(string folder)
    {
        using Process shell = Process.Start(new ProcessStartInfo("sh")
        {
            ArgumentList = { "-e", "-c", Block("internet-administration.md", "sh") },
            WorkingDirectory = folder,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        string said = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        Assert.True(shell.ExitCode == 0, said);
    }

    private static string Root([CallerFilePath] string here = "")
        => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex("```(?<kind>[a-z]+)\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Blocks();
}
