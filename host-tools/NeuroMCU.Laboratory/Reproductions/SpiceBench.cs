// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace NeuroMCU.Laboratory.Reproductions;

/// <summary>The column SPICE: <c>schematics/simulate</c> runs ngspice on the netlist that KiCad exports from the neuron's sheet.</summary>
public sealed class SpiceBench
{
    private readonly Dictionary<string, SpicePoint> _points = new(StringComparer.Ordinal);
    private readonly string? _script;

    /// <summary>Initializes a new instance of the <see cref="SpiceBench" /> class with the script of the repository, where there is one.</summary>
    public SpiceBench()
        : this(Find())
    {
    }

    internal SpiceBench(string? script)
    {
        _script = script;
    }

    /// <summary>Why SPICE is left out and how to get it; null when it can run.</summary>
    public string? LeftOut => _script is null
        ? "left out: schematics/simulate not found; run neuromcu within the repository"
        : !Has("kicad-cli") || !Has("ngspice")
        ? "left out: needs kicad-cli 9 and ngspice (Debian bookworm-backports: apt-get install kicad ngspice)" : null;

    /// <summary>Simulates currents of a component set that were not simulated before.</summary>
    /// <param name="set"><c>w23</c>, <c>w25</c> or <c>w25-fig13</c>.</param>
    /// <param name="currents">Currents in µA.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InputFileException">The script cannot be started, or prints something else than points.</exception>
    public void Prepare(string set, IEnumerable<double> currents, CancellationToken cancellation = default)
    {
        double[] missing = currents.Distinct().Where(c => !_points.ContainsKey(Key(set, c))).ToArray();
        if (LeftOut is not null || missing.Length == 0)
        {
            return;
        }

        ProcessStartInfo start = new ProcessStartInfo(_script!) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string argument in (string[])["--set", set, .. missing.Select(c => c.ToString(CultureInfo.InvariantCulture))])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Start(start);
        using CancellationTokenRegistration end = cancellation.Register(() => process.Kill(entireProcessTree: true));
        while (process.StandardOutput.ReadLine() is { } line)
        {
            (double current, SpicePoint point) = Read(line);
            _points[Key(set, current)] = point;
        }

        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>What the neuron does at a current.</summary>
    /// <param name="set"><c>w23</c>, <c>w25</c> or <c>w25-fig13</c>.</param>
    /// <param name="current">Current in µA, one of those prepared.</param>
    /// <returns>The point; rate, height and width are NaN when the simulation failed.</returns>
    public SpicePoint At(string set, double current)
        => _points.GetValueOrDefault(Key(set, current), new SpicePoint(double.NaN, double.NaN, double.NaN, "failed"));

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception problem)
        {
            throw new InputFileException(start.FileName, "cannot be started: " + problem.Message, "it has to be a program that you may run");
        }
    }

    private (double Current, SpicePoint Point) Read(string line)
    {
        try
        {
            JsonElement point = JsonDocument.Parse(line).RootElement;
            double Value(string name) => point.GetProperty(name).GetDouble();
            return (Value("current_uA"), new SpicePoint(Value("rate_Hz"), Value("height_V"), Value("width_ms"),
                point.GetProperty("state").GetString() ?? string.Empty));
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InputFileException(_script!, $"printed `{Printable.Short(line)}`, which is no simulated point",
                "see what it says by hand: schematics/simulate --set w25 75");
        }
    }

    private static string Key(string set, double current) => string.Create(CultureInfo.InvariantCulture, $"{set} {current:0.###}");

    private static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Any(d => File.Exists(Path.Combine(d, program)));

    private static string? Find()
    {
        foreach (string begin in (string[])[Directory.GetCurrentDirectory(), AppContext.BaseDirectory])
        {
            for (DirectoryInfo? folder = new DirectoryInfo(begin); folder is not null; folder = folder.Parent)
            {
                string script = Path.Combine(folder.FullName, "schematics", "simulate");
                if (File.Exists(script))
                {
                    return script;
                }
            }
        }

        return null;
    }
}
