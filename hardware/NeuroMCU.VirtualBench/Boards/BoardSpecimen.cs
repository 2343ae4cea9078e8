// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Parts;

namespace NeuroMCU.VirtualBench.Boards;

/// <summary>One board as it was soldered. A seed names it: the same seed gives the same board on every machine.</summary>
public sealed record BoardSpecimen
{
    // One stream of chance for each thing that is drawn, so that boards of different width share their first channels.
    private const int StreamsPerChannel = 8;

    /// <summary>Gets the name of the board.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the seed; null for a board whose parts have their nominal values.</summary>
    public required long? Seed { get; init; }

    /// <summary>Gets the channels.</summary>
    public required IReadOnlyList<ChannelSpecimen> Channels { get; init; }

    /// <summary>
    /// Gets the standard deviation in K of the temperature, a random walk that is drawn back within <see cref="TemperatureTime" />.
    /// </summary>
    public double TemperatureDeviation { get; init; }

    /// <summary>Gets the time in s within which the temperature forgets where it was.</summary>
    public double TemperatureTime { get; init; } = 600;

    /// <summary>Makes a board whose parts have their nominal values and whose converters do nothing but quantise.</summary>
    /// <param name="plan">The drawing.</param>
    /// <returns>The board.</returns>
    public static BoardSpecimen Nominal(BoardPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new BoardSpecimen
        {
            Name = plan.Name,
            Seed = null,
            Channels = [.. plan.Channels.Select(Nominal)],
        };
    }

    /// <summary>Draws a board: thyristors from the measured population, everything else with the tolerance of its kind.</summary>
    /// <param name="plan">The drawing.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The board.</returns>
    public static BoardSpecimen Draw(BoardPlan plan, long seed)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new BoardSpecimen
        {
            Name = plan.Name,
            Seed = seed,
            Channels = [.. plan.Channels.Select((channel, i) => Draw(channel, seed, i))],
            TemperatureDeviation = 0.5,
        };
    }

    /// <summary>Writes what the parts are, for people.</summary>
    /// <returns>A line for the board and one for each channel.</returns>
    public override string ToString()
    {
        string seed = Seed is long number ? "seed " + number.ToString(CultureInfo.InvariantCulture) : "nominal parts";
        return string.Join('\n', Channels.Select(channel => "  " + channel).Prepend(Name + ", " + seed));
    }

    private static ChannelSpecimen Nominal(ChannelPlan plan) => new()
    {
        Plan = plan,
        Part = plan.Part,
        Dac = new DacSpecimen { Reference = plan.DriveReference },
        MirrorOffset = plan.DriveOffset,
        MirrorResistance = plan.DriveResistance,
        MirrorLimit = FullCurrent(plan),
        DetectLevel = plan.DetectLevel,
        Adc = new AdcSpecimen(),
    };

    private static ChannelSpecimen Draw(ChannelPlan plan, long seed, int number)
    {
        int stream = number * StreamsPerChannel;
        var part = new BoardRandom(seed, stream);
        var drive = new BoardRandom(seed, stream + 1);
        var sense = new BoardRandom(seed, stream + 2);
        bool wired = plan.Kind == NeuronKind.Wire || plan.Kind == NeuronKind.Lui;
        return new ChannelSpecimen
        {
            Plan = plan,
            Part = plan.Kind == NeuronKind.Thyristor ? Draw(plan.Part, part) : plan.Part,
            Dac = DacSpecimen.Draw(plan.Drive, plan.DriveReference, drive),
            MirrorOffset = wired ? plan.DriveOffset : plan.DriveOffset + drive.Sorted(0, 0.01),
            MirrorResistance = plan.DriveResistance * drive.Sorted(1, 0.02),
            MirrorLimit = FullCurrent(plan) * drive.Between(1, 1.2),
            DetectLevel = plan.DetectLevel * sense.Sorted(1, 0.02),
            SenseOffset = sense.Normal(0, 2e-3),
            Adc = AdcSpecimen.Draw(plan.Sense, plan.SenseReference, sense, unchecked((seed * StreamsPerChannel) + number)),
            Jitter = wired ? 0 : 1e-3,
            ThresholdPerKelvin = wired ? 0 : -3e-3,
            HoldPerKelvin = wired ? 0 : -6e-3,
        };
    }

    // The two-state law is what the population was fitted with. The memory of the threshold stays that of the plan: it is too small for
    // those fits, and nobody has measured how it scatters.
    private static ThyristorCell Draw(ThyristorCell plan, BoardRandom random)
    {
        ThyristorCell drawn = PartSpread.Draw(plan, random).TwoState();
        return drawn with { Capacitance = plan.Capacitance * random.Sorted(1, 0.03), Load = plan.Load * random.Sorted(1, 0.005) };
    }

    private static double FullCurrent(ChannelPlan plan) => (plan.DriveReference - plan.DriveOffset) / plan.DriveResistance;
}
