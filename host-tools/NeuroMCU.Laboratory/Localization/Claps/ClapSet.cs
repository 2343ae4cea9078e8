// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Localization.Head;

namespace NeuroMCU.Laboratory.Localization.Claps;

/// <summary>
/// Claps from around two microphones, and whether they agree: the delay between the microphones has to grow from left to right as sin θ
/// does in free air, or as θ + sin θ around a head, times one size that fits all of them.
/// </summary>
public sealed class ClapSet
{
    private const double LeastOff = 40;
    private const double LeastOffAngle = 8;
    private const double LeastLevelOff = 6;
    private const double LeastSpacing = 0.03;
    private const double MostSpacing = 0.5;
    private const double LeastReach = 30;
    private const double NotableTurn = 3;
    private const double NotableGain = 3;
    private const int Rounds = 30;

    private readonly List<string> _problems = [];
    private readonly List<string> _notes = [];

    /// <summary>Compares claps.</summary>
    /// <param name="claps">The claps.</param>
    public ClapSet(IReadOnlyList<Clap> claps)
    {
        Claps = claps;
        foreach (Clap bad in claps.Where(c => c.Problem is not null))
        {
            _problems.Add($"{bad.Name}: {bad.Problem}");
        }

        Clap[] good = [.. claps.Where(c => c.Problem is null)];
        if (good.Select(c => Math.Abs(c.Azimuth)).Distinct().Count() < 3 || good.Max(c => Math.Abs(c.Azimuth)) < LeastReach)
        {
            _problems.Add(FormattableString.Invariant(
                $"{good.Length} good claps are not enough: it takes three angles to a side at least, one of them {LeastReach:0} deg or more"));
            return;
        }

        Fit(good);
    }

    /// <summary>Gets the claps.</summary>
    public IReadOnlyList<Clap> Claps { get; }

    /// <summary>Gets what is wrong, a sentence each; a network can be made when there is nothing.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Gets what is worth knowing, a sentence each.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Gets the delay between the microphones of a sound from the far right, in µs, as the claps agree on.</summary>
    public double Largest { get; private set; }

    /// <summary>Gets a value indicating whether the delays are those around a head, in place of free air.</summary>
    public bool IsRound { get; private set; }

    /// <summary>The delay in µs that the claps agree on.</summary>
    /// <param name="azimuth">Azimuth in degrees.</param>
    public double DelayAt(double azimuth) => Largest * Shape(azimuth, IsRound);

    // From −1 at the left to 1 at the right.
    private static double Shape(double azimuth, bool round)
    {
        double angle = azimuth * Math.PI / 180;
        return round ? (angle + Math.Sin(angle)) / ((Math.PI / 2) + 1) : Math.Sin(angle);
    }

    // Size and offset with the least sum of absolute residuals, by weighting: one bad clap does not pull the others along.
    private static (double Size, double Offset, double Residual) Line(Clap[] claps, bool round)
    {
        double[] weights = Enumerable.Repeat(1.0, claps.Length).ToArray();
        double size = 0;
        double offset = 0;
        for (int turn = 0; turn < Rounds; turn++)
        {
            double w = weights.Sum();
            double meanX = claps.Select((c, i) => weights[i] * Shape(c.Azimuth, round)).Sum() / w;
            double meanY = claps.Select((c, i) => weights[i] * c.Delay).Sum() / w;
            double xx = claps.Select((c, i) => weights[i] * Math.Pow(Shape(c.Azimuth, round) - meanX, 2)).Sum();
            double xy = claps.Select((c, i) => weights[i] * (Shape(c.Azimuth, round) - meanX) * (c.Delay - meanY)).Sum();
            size = xy / Math.Max(xx, 1e-9);
            offset = meanY - (size * meanX);
            weights = [.. claps.Select(c => 1 / Math.Max(2, Math.Abs(c.Delay - offset - (size * Shape(c.Azimuth, round)))))];
        }

        return (size, offset, claps.Sum(c => Math.Abs(c.Delay - offset - (size * Shape(c.Azimuth, round)))));
    }

    private void Fit(Clap[] claps)
    {
        (double Size, double Offset, double Residual) free = Line(claps, round: false);
        (double Size, double Offset, double Residual) around = Line(claps, round: true);
        IsRound = around.Residual < free.Residual;
        (double size, double offset, _) = IsRound ? around : free;
        Largest = size;
        double spacing = Math.Abs(size) * MicrophonePair.SpeedOfSound / 1e6;
        if (size < 0 && spacing >= LeastSpacing)
        {
            _problems.Add("left and right are swapped: sounds from the right come to the left microphone first; swap the plugs");
            return;
        }

        if (spacing is < LeastSpacing or > MostSpacing)
        {
            _problems.Add(FormattableString.Invariant(
                $"the delay from ahead to the side grows by {size:0} us: that fits no microphones {LeastSpacing * 100:0} to {MostSpacing * 100:0} cm apart; check that the recordings are stereo and the angles right"));
            return;
        }

        double most = Math.Max(LeastOff, size * Math.Sin(LeastOffAngle * Math.PI / 180));
        ILookup<bool, Clap> agrees = claps.ToLookup(c => Math.Abs(c.Delay - offset - DelayAt(c.Azimuth)) <= most);
        foreach (Clap clap in agrees[false])
        {
            _problems.Add(FormattableString.Invariant(
                $"{clap.Name}: its delay is {clap.Delay:+0;-0;0} us, the others make it {offset + DelayAt(clap.Azimuth):+0;-0;0} us at {clap.Azimuth:+0;-0;0} deg: clap there again"));
        }

        CompareLevels(claps);
        double turned = Turned([.. agrees[true]], size);
        if (Math.Abs(turned) >= NotableTurn)
        {
            _notes.Add(FormattableString.Invariant(
                $"ahead is {Math.Abs(turned):0.0} deg too far {(turned > 0 ? "right" : "left")}: the microphones look past 0 deg by so much, or one is nearer"));
        }
    }

    // By how many degrees ahead lies too far right: a turn shifts delays by what they grow by, most ahead and least at the sides.
    private double Turned(Clap[] claps, double size)
    {
        double Rise(Clap clap)
        {
            double cosine = Math.Cos(clap.Azimuth * Math.PI / 180);
            return IsRound ? (1 + cosine) / ((Math.PI / 2) + 1) : cosine;
        }

        double shift = claps.Sum(c => (c.Delay - DelayAt(c.Azimuth)) * Rise(c)) / claps.Sum(c => Rise(c) * Rise(c));
        return Math.Asin(Math.Clamp(shift / size, -1, 1)) * 180 / Math.PI;
    }

    // The microphones need not be equally loud, but by the same everywhere: the sum of both sides is twice the difference of their gains.
    private void CompareLevels(Clap[] claps)
    {
        (Clap Clap, double Gain)[] gains =
        [
            .. from clap in claps
               let other = claps.Where(c => c.Azimuth.Equals(-clap.Azimuth)).ToArray()
               where other.Length > 0
               select (clap, (clap.Level + other.Average(c => c.Level)) / 2),
        ];
        if (gains.Length == 0)
        {
            _notes.Add("only one side was clapped from: what the microphones differ in gain stays in the network");
            return;
        }

        double gain = gains.Select(g => g.Gain).Order().ElementAt(gains.Length / 2);
        foreach ((Clap clap, double own) in gains.Where(g => Math.Abs(g.Gain - gain) > LeastLevelOff))
        {
            _problems.Add(FormattableString.Invariant(
                $"{clap.Name}: left and right differ by {own - gain:+0;-0} dB from what they do elsewhere: something stood in the way"));
        }

        if (Math.Abs(gain) >= NotableGain)
        {
            _notes.Add(FormattableString.Invariant(
                $"the {(gain > 0 ? "right" : "left")} microphone is {Math.Abs(gain):0.0} dB louder; level both, or the levels will not fit the network's"));
        }
    }
}
