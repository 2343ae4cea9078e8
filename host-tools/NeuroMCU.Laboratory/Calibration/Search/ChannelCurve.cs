// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration.Measure;

namespace NeuroMCU.Laboratory.Calibration.Search;

/// <summary>All readings of one channel, and what they say about its curve so far.</summary>
public sealed class ChannelCurve
{
    private readonly SortedDictionary<int, BenchReading> _readings = [];

    /// <summary>Initializes a new instance of the <see cref="ChannelCurve" /> class.</summary>
    /// <param name="channel">The channel.</param>
    public ChannelCurve(BenchChannel channel)
    {
        Channel = channel;
    }

    /// <summary>Gets the channel.</summary>
    public BenchChannel Channel { get; }

    /// <summary>Gets the latest reading at each code, by ascending code.</summary>
    public IReadOnlyCollection<BenchReading> Readings => _readings.Values;

    /// <summary>Gets or sets the reading of the undriven channel before anything else; null before that.</summary>
    public BenchReading? Quiet { get; set; }

    /// <summary>Gets or sets, for a channel that never fired, what it did right after the step to its highest code; null
    /// otherwise.</summary>
    public BenchReading? Step { get; set; }

    /// <summary>Gets a firing reading from the middle of the first sweep, to be measured again at the end; null when it did not fire
    /// then.</summary>
    public BenchReading? Early { get; private set; }

    /// <summary>Gets the lowest code that fired; null when none did.</summary>
    public int? First => Codes(fired: true).Cast<int?>().FirstOrDefault();

    /// <summary>Gets the highest code that fired; null when none did.</summary>
    public int? Last => Codes(fired: true).Cast<int?>().LastOrDefault();

    /// <summary>Gets the highest silent code below the first that fired, 0 when there is none; the highest of all when none
    /// fired.</summary>
    public int Silent => Codes(fired: false).Where(c => First is not { } first || c < first).DefaultIfEmpty(0).Max();

    /// <summary>Gets the lowest silent code above the last that fired; null when the block was not reached.</summary>
    public int? Blocked => Last is { } last ? Codes(fired: false).Where(c => c > last).Cast<int?>().FirstOrDefault() : null;

    /// <summary>Adds a reading; a later one at the same code replaces the former.</summary>
    /// <param name="reading">The reading.</param>
    public void Add(BenchReading reading) => _readings[reading.Code] = reading;

    /// <summary>Remembers a reading from the middle of what was measured so far as <see cref="Early" />.</summary>
    public void KeepEarly()
    {
        BenchReading[] firing = [.. _readings.Values.Where(r => r.Rate > 0)];
        Early = firing.Length == 0 ? null : firing[firing.Length / 2];
    }

    /// <summary>Gets the reading at a code.</summary>
    /// <param name="code">The code.</param>
    /// <returns>The reading, or null.</returns>
    public BenchReading? At(int code) => _readings.GetValueOrDefault(code);

    /// <summary>The curve as points, in order of ascending current.</summary>
    /// <returns>The points.</returns>
    public IReadOnlyList<RatePoint> Points() => [.. _readings.Values.Select(r => new RatePoint(Channel.CurrentOf(r.Code), r.Rate))];

    private IEnumerable<int> Codes(bool fired) => _readings.Values.Where(r => r.Rate > 0 == fired).Select(r => r.Code);
}
