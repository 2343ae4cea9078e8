// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Localization;

/// <summary>
/// What a head does to sounds, on a common axis of directions: place k stands for the direction at which the lowest band arrives at the
/// left ear (k − middle)·<see cref="Step" /> µs after the right one.
/// </summary>
/// <param name="Step">Distance of two places in µs.</param>
/// <param name="Delays">By band and place: by how much the left ear hears later than the right, in µs.</param>
/// <param name="Levels">By band and place: level at the right ear over that at the left, in dB.</param>
internal sealed record HeadTables(int Step, IReadOnlyList<IReadOnlyList<int>> Delays, IReadOnlyList<IReadOnlyList<double>> Levels)
{
    /// <summary>Number of places.</summary>
    public const int Places = 29;

    /// <summary>Distance of two places in µs at KEMAR, for whose delays the time constants were chosen.</summary>
    public const int KemarStep = 54;

    /// <summary>The place straight ahead.</summary>
    public const int Middle = Places / 2;

    private const int Jitter = 8;

    /// <summary>Tells whether some bands have the same delays, but for what a measurement leaves open.</summary>
    /// <param name="bands">Indices of the bands.</param>
    public bool AreAlike(IReadOnlyList<int> bands) => Enumerable.Range(0, Places)
        .All(place => bands.Max(b => Delays[b][place]) - bands.Min(b => Delays[b][place]) <= Math.Max(Jitter, Step / 4));
}
