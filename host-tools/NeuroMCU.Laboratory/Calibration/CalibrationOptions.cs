// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Laboratory.Calibration.Search;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Parts;

namespace NeuroMCU.Laboratory.Calibration;

/// <summary>How to calibrate.</summary>
public sealed record CalibrationOptions
{
    /// <summary>Name of the component set that all channels are to behave like, and that has the known component values.</summary>
    public string Reference { get; init; } = ThyristorPresets.Default;

    /// <summary>Its component values; null for those of the preset of that name.</summary>
    public ThyristorCell? Cell { get; init; }

    /// <summary>How finely f(I) is measured.</summary>
    public SweepOptions Sweep { get; init; } = new();

    /// <summary>Rates, evenly over the range of each channel, that are measured for its drive table.</summary>
    public int TableRates { get; init; } = 10;

    /// <summary>Timing of these.</summary>
    public MeasureTiming Table { get; init; } = new(60, 500);

    /// <summary>Timing of the comparison of all channels at common rates.</summary>
    public MeasureTiming Compare { get; init; } = new(80, 800);

    /// <summary>What suits a board: its channels are to behave like the component set that stands there, of several the first
    /// one.</summary>
    /// <param name="board">The board.</param>
    /// <returns>Options.</returns>
    public static CalibrationOptions For(BoardDescription board)
    {
        ArgumentNullException.ThrowIfNull(board);
        NeuronDescription neuron = board.Channels.Select(c => c.Neuron).FirstOrDefault(n => n.Cell is not null)
            ?? NeuronDescription.Default;
        return new CalibrationOptions { Reference = neuron.Set, Cell = neuron.Cell };
    }
}
