// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Reproductions;

/// <summary>One published number and how to measure it.</summary>
public sealed record ReproductionRow
{
    /// <summary>Name on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>What it is a number of: the neuron or motif.</summary>
    public required string System { get; init; }

    /// <summary>What is measured.</summary>
    public required string Quantity { get; init; }

    /// <summary>The published value.</summary>
    public required double Expected { get; init; }

    /// <summary>Largest distance from the published value that still passes, in its unit.</summary>
    public required double Tolerance { get; init; }

    /// <summary>Unit; empty for a count or a yes (1) or no (0).</summary>
    public string Unit { get; init; } = string.Empty;

    /// <summary>Paper and figure or table.</summary>
    public required string Source { get; init; }

    /// <summary>Whether the number was printed, read off, computed or recalled.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>Columns on which it can be measured.</summary>
    public IReadOnlyList<Column> Columns { get; init; } = [Column.Engine, Column.Reference, Column.Board];

    /// <summary>Measures it; NaN when there is nothing to measure, such as the interval of a silent neuron.</summary>
    public required Func<CircuitLaboratory, Column, double> Measure { get; init; }

    /// <summary>Current in µA that the row needs of SPICE, by component set; empty without the column SPICE.</summary>
    public IReadOnlyList<double> SpiceCurrents { get; init; } = [];

    /// <summary>Component set of the SPICE runs: <c>w23</c>, <c>w25</c> or <c>w25-fig13</c>.</summary>
    public string SpiceSet { get; init; } = "w25";

    /// <summary>Draws the figure that the row belongs to, or null.</summary>
    public RowFigure? Figure { get; init; }

    /// <summary>What one must know to judge the row, or null.</summary>
    public string? Remark { get; init; }

    /// <summary>Columns that are known to fail; <see cref="KnownReason" /> says why. They are shown as failing all the same.</summary>
    public IReadOnlyList<Column> KnownFailing { get; init; } = [];

    /// <summary>Why the columns of <see cref="KnownFailing" /> fail.</summary>
    public string? KnownReason { get; init; }

    /// <summary>
    /// Gets why the value follows from a number of the source that went into the program, so that it proves nothing; null for a
    /// measurement. Such a row is shown beside the published value and never counts as a pass.
    /// </summary>
    public string? Given { get; init; }

    /// <summary>Tells whether a value is within the tolerance.</summary>
    /// <param name="obtained">Measured value.</param>
    /// <returns>True when it is; never for NaN.</returns>
    public bool Accepts(double obtained) => Math.Abs(obtained - Expected) <= Tolerance * (1 + 1e-9);
}

/// <summary>A figure that rows share.</summary>
/// <param name="Name">Name, also of its file.</param>
/// <param name="Title">Heading.</param>
/// <param name="Draw">Makes the <c>svg</c> element.</param>
public sealed record RowFigure(string Name, string Title, Func<CircuitLaboratory, string> Draw)
{
    /// <summary>Draws it, unless it needs measurements that were not made before the work was cancelled.</summary>
    /// <param name="laboratory">What keeps the measurements.</param>
    /// <returns>The figure; null when it cannot be drawn.</returns>
    public string? TryDraw(CircuitLaboratory laboratory)
    {
        try
        {
            return Draw(laboratory);
        }
        catch (OperationCanceledException) when (laboratory.Cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}
