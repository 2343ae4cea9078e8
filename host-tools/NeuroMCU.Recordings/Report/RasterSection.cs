// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Recordings.Report;

/// <summary>A raster: one row per neuron, one mark per spike; several records are drawn above each other in the same row.</summary>
public sealed class RasterSection : ReportSection
{
    /// <summary>Draws one run.</summary>
    /// <param name="title">Heading.</param>
    /// <param name="run">The run; populations that were not recorded are left out.</param>
    public RasterSection(string title, RunRecording run)
        : this(title, run.Populations, run.Duration, [new KeyValuePair<string, SpikeRecord>("spikes", run.Spikes)])
    {
    }

    /// <summary>Draws several records of the same network, such as reference and device.</summary>
    /// <param name="title">Heading.</param>
    /// <param name="populations">Populations; those that were not recorded are left out.</param>
    /// <param name="duration">Length of the time axis in µs.</param>
    /// <param name="layers">Records with their names, the first on top.</param>
    public RasterSection(
        string title, IReadOnlyList<RecordedPopulation> populations, long duration, IReadOnlyList<KeyValuePair<string, SpikeRecord>> layers)
        : base(title)
    {
        Populations = populations;
        Duration = duration;
        Layers = layers;
    }

    /// <summary>Populations; those that were not recorded are not drawn.</summary>
    public IReadOnlyList<RecordedPopulation> Populations { get; }

    /// <summary>Length of the time axis in µs.</summary>
    public long Duration { get; }

    /// <summary>Records with their names, the first on top.</summary>
    public IReadOnlyList<KeyValuePair<string, SpikeRecord>> Layers { get; }

    /// <inheritdoc />
    public override string Hint => "drag: zoom · Ctrl + wheel: zoom · Shift + drag: move · double click: all";

    /// <inheritdoc />
    public override void WriteBody(HtmlWriter html)
    {
        html.Plot(new
        {
            Kind = "raster",
            Duration = Duration / 1e6,
            Neurons = Populations.Select(p => p.First + p.Size).DefaultIfEmpty(0).Max(),
            Populations = Populations.Where(p => p.Recorded).Select(p => new { p.Name, p.First, p.Size }),
            Layers = Layers.Select(l => new
            {
                Name = l.Key,
                Times = HtmlWriter.Pack(HtmlWriter.Seconds(l.Value.Times)),
                Neurons = HtmlWriter.Pack(l.Value.Neurons),
            }),
        });
    }
}
