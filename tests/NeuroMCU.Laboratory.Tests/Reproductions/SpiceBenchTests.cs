// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files;
using NeuroMCU.Laboratory.Reproductions;

namespace NeuroMCU.Laboratory.Tests.Reproductions;

public sealed class SpiceBenchTests
{
    [Theory]
    [InlineData("#!/bin/sh\necho hello\n", true, "printed `hello`")]
    [InlineData("#!/bin/sh\necho '{\"current_uA\": 75}'\n", true, "no simulated point")]
    [InlineData("#!/bin/sh\n", false, "cannot be started")]
    public void A_script_that_gives_no_points_is_named_with_what_it_said(string text, bool runs, string said)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a script of the shell");
        string script = Path.GetTempFileName();
        try
        {
            File.WriteAllText(script, text);
            if (runs && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            SpiceBench bench = new(script);
            Assert.SkipWhen(bench.LeftOut is not null, "kicad-cli and ngspice");

            InputFileException problem = Assert.Throws<InputFileException>(() => bench.Prepare("w25", [75]));

            Assert.Contains(said, problem.What, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(script);
        }
    }
}
