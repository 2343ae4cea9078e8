// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Nodes;

/// <summary>An array of digital potentiometers as it is drawn; its specimens differ as the parts do.</summary>
public sealed record PotentiometerPlan
{
    /// <summary>Gets the number of rows of potentiometers.</summary>
    public required int Rows { get; init; }

    /// <summary>Gets a value indicating whether a row of capacitors that leak comes after them.</summary>
    public bool LastRowLeaks { get; init; }

    /// <summary>Gets the number of columns, four or eight.</summary>
    public required int Columns { get; init; }

    /// <summary>Gets the reference of both converters in V; mid-rail is half of it.</summary>
    public double Reference { get; init; } = 2.5;

    /// <summary>Gets the resistance in Ω that turns the current of a column into a voltage; parts of 1 %.</summary>
    public required double FeedbackOhms { get; init; }

    /// <summary>Gets the resistor in Ω behind each wiper; parts of 1 %.</summary>
    public double SeriesOhms { get; init; } = 100_000;

    /// <summary>Gets the resistance in Ω of a potentiometer; 20 % from chip to chip, the four of a chip within 1 %.</summary>
    public double TrackOhms { get; init; } = 10_000;

    /// <summary>Gets the resistance in Ω of a wiper.</summary>
    public double WiperOhms { get; init; } = 75;

    /// <summary>Gets the standard deviation in V of the offsets of amplifiers.</summary>
    public double Offset { get; init; } = 1e-3;

    /// <summary>Gets the standard deviation in V of the noise at the converter.</summary>
    public double Noise { get; init; } = 0.4e-3;
}
