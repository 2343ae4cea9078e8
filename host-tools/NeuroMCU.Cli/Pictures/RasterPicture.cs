// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Recordings;
using NeuroMCU.Recordings.Report;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace NeuroMCU.Cli.Pictures;

/// <summary>A raster: one row for each neuron that was recorded, the first on top; records share the row, the first in its upper
/// part.</summary>
internal sealed class RasterPicture(RasterSection section) : AxesPicture
{
    private readonly RecordedPopulation[] _populations = [.. section.Populations.Where(p => p.Recorded)];

    /// <inheritdoc />
    public override float Height => Math.Clamp(140 + (6 * _populations.Sum(p => p.Size)), 260, 900);

    /// <inheritdoc />
    protected override void Draw(Plot plot)
    {
        plot.Title(section.Title);
        plot.XLabel("time (s)");
        int rows = _populations.Sum(p => p.Size);
        Dictionary<int, int> rowOf = [];
        NumericManual names = new NumericManual();
        foreach (RecordedPopulation population in _populations)
        {
            if (rowOf.Count > 0)
            {
                plot.Add.HorizontalLine(-rowOf.Count, 1, Colors.Gray.WithAlpha(0.4));
            }

            names.AddMajor(-(rowOf.Count + (population.Size / 2.0)), population.Size == 1 ? population.Name
                : $"{population.Name} (0-{population.Size - 1})");
            for (int i = 0; i < population.Size; i++)
            {
                rowOf[population.First + i] = rowOf.Count;
            }
        }

        int layers = section.Layers.Count;
        for (int k = 0; k < layers; k++)
        {
            SpikeRecord spikes = section.Layers[k].Value;
            double upper = 0.08 + (0.84 * k / layers);
            double lower = 0.08 + (0.84 * (k + 1) / layers);
            List<(double X, double Low, double High)> strokes = new(spikes.Count);
            for (int i = 0; i < spikes.Count; i++)
            {
                if (rowOf.TryGetValue(spikes.Neurons[i], out int row))
                {
                    strokes.Add((spikes.Times[i] / 1e6, -row - lower, -row - upper));
                }
            }

            plot.Add.Plottable(new Strokes(strokes, Colour(k), layers > 1 ? section.Layers[k].Key : null));
        }

        plot.Axes.Left.TickGenerator = names;
        plot.Axes.SetLimits(0, Math.Max(1, section.Duration) / 1e6, -Math.Max(1, rows), 0);
        if (layers > 1)
        {
            plot.ShowLegend(Edge.Right);
        }
    }
}
