// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;

namespace NeuroMCU.Api.Tests;

/// <summary>axe-core, which audits pages: fetched by npm into artifacts for the test only.</summary>
internal static class Accessibility
{
    private const string Version = "4.14.1";

    /// <summary>The script; skips the test with a word where it cannot be had.</summary>
    public static async Task<string> ScriptAsync()
    {
        string folder = Path.Combine(Repository(), "artifacts", "axe-" + Version);
        string script = Path.Combine(folder, "node_modules", "axe-core", "axe.min.js");
        if (!File.Exists(script))
        {
            Directory.CreateDirectory(folder);
            int code;
            try
            {
                using Process npm = Process.Start(new ProcessStartInfo("npm",
                    ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder, "axe-core@" + Version])
                {
                    RedirectStandardError = true,
                    RedirectStandardOutput = true,
                    UseShellExecute = false,
                })!;
                Task<string> said = npm.StandardError.ReadToEndAsync();
                await npm.StandardOutput.ReadToEndAsync();
                await said;
                await npm.WaitForExitAsync();
                code = npm.ExitCode;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                code = -1;
            }

            Assert.SkipUnless(code == 0 && File.Exists(script), "axe-core cannot be had: it takes npm (sudo apt-get install npm) and its registry");
        }

        return await File.ReadAllTextAsync(script);
    }

    private static string Repository()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "NeuroMCU.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
