// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks;

/// <summary>A population read-out: each neuron stands for a value; the answer is the mean around the most active one.</summary>
public sealed class Readout
{
    /// <summary>Name, unique in the network.</summary>
    public required string Name { get; init; }

    /// <summary>Population that is read; the first one for a direction.</summary>
    public required Population Population { get; init; }

    /// <summary>Value that each neuron stands for, in <see cref="Unit" />.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>Unit of the values as written in the file, <c>1</c> for pure numbers.</summary>
    public required string Unit { get; init; }

    /// <summary>Neurons on each side of the peak that enter the mean.</summary>
    public required int HalfWidth { get; init; }

    /// <summary>Window in µs; 0 counts since start.</summary>
    public required int Window { get; init; }

    /// <summary>Least number of spikes for an answer.</summary>
    public required int MinSpikes { get; init; }

    /// <summary>What a read-out of direction knows besides; null for a population vector.</summary>
    public DirectionReading? Direction { get; init; }

    /// <summary>Where it stands in the file.</summary>
    public required SourceLocation Location { get; init; }

    /// <summary>The same read-out of the populations of a part of the network.</summary>
    /// <returns>The read-out.</returns>
    internal Readout On(Func<Population, Population> part) => new()
    {
        Population = part(Population),
        Direction = Direction?.On(part),
        Name = Name,
        Values = Values,
        Unit = Unit,
        HalfWidth = HalfWidth,
        Window = Window,
        MinSpikes = MinSpikes,
        Location = Location,
    };
}
