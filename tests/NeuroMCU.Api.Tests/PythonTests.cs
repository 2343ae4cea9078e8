// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;

namespace NeuroMCU.Api.Tests;

public sealed class PythonTests
{
    [Fact]
    public async Task The_tests_of_the_package_pass()
    {
        string root = Root();
        string? python = await PythonAsync();
        Assert.SkipWhen(python is null, "python3 with numpy is missing: sudo apt-get install python3-numpy");
        string program = Path.Combine(root, "artifacts", "neuromcu", "neuromcu.dll");
        Assert.SkipUnless(File.Exists(program), "the program is not built: ./neuromcu --version");

        string folder = Directory.CreateTempSubdirectory("neuromcu-python-").FullName;
        try
        {
            (int code, string said) = await RunAsync(python!, root, Starter(folder, program), "-m", "unittest", "discover", "-s", "tests");

            Assert.True(code == 0, said);
            Assert.Contains("OK", said, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // ./neuromcu would first build what is built already.
    private static string Starter(string folder, string program)
    {
        string starter = Path.Combine(folder, "neuromcu");
        File.WriteAllText(starter, $"#!/bin/sh\nexec dotnet '{program}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(starter, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return starter;
    }

    // Any python3 of the path may lack numpy that another one has.
    private static async Task<string?> PythonAsync()
    {
        foreach (string candidate in (string[])["python3", "/usr/bin/python3"])
        {
            if ((await RunAsync(candidate, Root(), null, "-c", "import numpy, sys; assert sys.version_info >= (3, 9)")).Code == 0)
            {
                return candidate;
            }
        }

        return null;
    }

    private static async Task<(int Code, string Said)> RunAsync(string program, string root, string? starter,
        params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = Path.Combine(root, "python"),
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        if (starter is not null)
        {
            start.Environment["NEUROMCU"] = starter;
        }

        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, output + await errors);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, "it is not installed");
        }
    }

    internal static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "NeuroMCU.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
