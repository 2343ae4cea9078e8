// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks;

/// <summary>A microphone front end: two input populations, one neuron per band and ear.</summary>
public sealed class MicrophonePair
{
    /// <summary>Population of the left ear.</summary>
    public required Population Left { get; init; }

    /// <summary>Population of the right ear.</summary>
    public required Population Right { get; init; }

    /// <summary>Sample rate of the microphones in Hz.</summary>
    public required int SampleRate { get; init; }

    /// <summary>Parameters of the front end by name, with their places.</summary>
    public required IReadOnlyList<HearingSetting> Settings { get; init; }

    /// <summary>Where it stands in the file.</summary>
    public required SourceLocation Location { get; init; }

    /// <summary>The same front end over the populations of a part of the network.</summary>
    /// <returns>The front end.</returns>
    internal MicrophonePair On(Func<Population, Population> part) => new()
    {
        Left = part(Left),
        Right = part(Right),
        SampleRate = SampleRate,
        Settings = Settings,
        Location = Location,
    };
}
