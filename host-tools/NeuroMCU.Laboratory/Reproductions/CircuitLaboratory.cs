// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler;
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Recordings;
using NeuroMCU.Reference;

namespace NeuroMCU.Laboratory.Reproductions;

/// <summary>Runs networks on the columns, each once, however many rows look at it.</summary>
/// <param name="prepare">Sees each network before it runs and may change it, to find out what a row depends on; null to run networks as
/// they are.</param>
public sealed class CircuitLaboratory(Action<Network>? prepare = null)
{
    private readonly Dictionary<string, object> _kept = new(StringComparer.Ordinal);

    /// <summary>Ends a run that goes on.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Everything that runs of networks lost, all together.</summary>
    public LossAccount Losses => LossAccount.Sum(_kept.Values.OfType<RunRecording>().Select(run => run.Losses));

    /// <summary>The column SPICE.</summary>
    public SpiceBench Spice { get; } = new SpiceBench();

    /// <summary>Does something once.</summary>
    /// <typeparam name="T">What it gives.</typeparam>
    /// <param name="key">Name of what is kept.</param>
    /// <param name="make">Makes it.</param>
    /// <returns>What was made, now or before.</returns>
    public T Once<T>(string key, Func<T> make)
        where T : notnull
    {
        if (!_kept.TryGetValue(key, out object? kept))
        {
            kept = make();
            _kept[key] = kept;
        }

        return (T)kept;
    }

    /// <summary>Reads a motif that comes with the program; the files are those of <c>examples/motifs</c>.</summary>
    /// <param name="name">Name of the file, without <c>.yaml</c>.</param>
    /// <returns>The network.</returns>
    public Network Motif(string name)
    {
        return Once("motif " + name, () =>
        {
            using Stream stream = typeof(CircuitLaboratory).Assembly.GetManifestResourceStream("motifs/" + name + ".yaml")
                ?? throw new FileNotFoundException("the program was built without the motif " + name, name);
            using StreamReader reader = new StreamReader(stream);
            return NetworkFile.Parse(reader.ReadToEnd(), name + ".yaml");
        });
    }

    /// <summary>Runs a motif for the time that its file names.</summary>
    /// <param name="motif">Its name.</param>
    /// <param name="column">Where; not SPICE.</param>
    /// <returns>What it did.</returns>
    public RunRecording Run(string motif, Column column) => Run(motif, Motif(motif), column);

    /// <summary>Runs a network given as text.</summary>
    /// <param name="text">YAML without its first line.</param>
    /// <param name="column">Where; not SPICE.</param>
    /// <returns>What it did.</returns>
    public RunRecording RunText(string text, Column column)
        => Run(text, Once("text " + text, () => NetworkFile.Parse("neuromcu: 1\n" + text, "row.yaml")), column);

    /// <summary>Runs a network.</summary>
    /// <param name="key">What it is kept under.</param>
    /// <param name="network">The network.</param>
    /// <param name="column">Where; not SPICE.</param>
    /// <returns>What it did.</returns>
    public RunRecording Run(string key, Network network, Column column)
    {
        return Once(string.Create(CultureInfo.InvariantCulture, $"run {column} {key}"), () =>
        {
            prepare?.Invoke(network);

            // All columns run at the step that was compiled, which the compiler chooses where a file leaves it open.
            CompiledNetwork compiled = Once("compiled " + key, () => NetworkCompiler.Compile(network));
            return column switch
            {
                Column.Engine => EngineRun.Run(compiled, network.Duration, Cancellation),
                Column.Reference => new ReferenceSimulator(compiled.Network, compiled.Schemes).Run(network.Duration,
                    cancellation: Cancellation),
                Column.Board => CircuitRun.Run(compiled.Network, network.Duration, Cancellation),
                _ => throw new ArgumentOutOfRangeException(nameof(column), column, "does not run networks"),
            };
        });
    }
}
