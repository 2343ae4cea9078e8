// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks;

/// <summary>What a read-out of direction knows besides its populations, one per band of the microphone front end.</summary>
public sealed class DirectionReading
{
    /// <summary>Populations band by band; each has a neuron on every place of the axis, or on every second one.</summary>
    public required IReadOnlyList<Population> Populations { get; init; }

    /// <summary>Populations that only help to find the rough direction.</summary>
    public required IReadOnlyList<Population> Rough { get; init; }

    /// <summary>Weight of the rough ones, 1 for that of the loudest band.</summary>
    public required double RoughWeight { get; init; }

    /// <summary>Number of places on the axis.</summary>
    public required int Places { get; init; }

    /// <summary>Distance of two places in µs of delay between the ears.</summary>
    public required double Step { get; init; }

    /// <summary>Level difference in dB, right minus left, that each place stands for, by population.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Levels { get; init; }

    /// <summary>Disagreement in level that takes a place all its weight, in dB.</summary>
    public required double LevelTolerance { get; init; }

    /// <summary>Weight that a place keeps whatever its level says, 0 to 1.</summary>
    public required double LeastAgreement { get; init; }

    /// <summary>A band counts fully down to this part of the loudest band's amplitude.</summary>
    public required double WeakBelow { get; init; }

    /// <summary>Weight that the weakest band keeps, 0 to 1.</summary>
    public required double LeastLevel { get; init; }

    /// <summary>Least confidence for an answer, 0 to 1.</summary>
    public required double MinConfidence { get; init; }

    /// <summary>Position in µs and value in the read-out's unit, both ascending.</summary>
    public required IReadOnlyList<(double Position, double Value)> Map { get; init; }

    /// <summary>Rival explanations whose odds lower confidence, each a list of tables; none when the read-out does without.</summary>
    public IReadOnlyList<IReadOnlyList<RivalTable>> Rivals { get; init; } = [];

    /// <summary>The same read-out of the populations of a part of the network.</summary>
    /// <returns>The read-out.</returns>
    internal DirectionReading On(Func<Population, Population> part) => new()
    {
        Populations = [.. Populations.Select(part)],
        Rough = [.. Rough.Select(part)],
        RoughWeight = RoughWeight,
        Places = Places,
        Step = Step,
        Levels = Levels,
        LevelTolerance = LevelTolerance,
        LeastAgreement = LeastAgreement,
        WeakBelow = WeakBelow,
        LeastLevel = LeastLevel,
        MinConfidence = MinConfidence,
        Map = Map,
        Rivals = Rivals,
    };
}
