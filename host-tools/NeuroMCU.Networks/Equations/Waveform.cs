// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Equations;

/// <summary>
/// What is added to an input in the course of time. A step takes the value at its beginning and keeps it. Times are whole microseconds
/// and are counted in whole numbers, on the device and here, so that an edge lies in the same step on both.
/// </summary>
internal sealed record Waveform
{
    // What the counters of the device hold.
    private const long MostCount = 1 << 30;

    /// <summary>Number of the input among those of the model.</summary>
    public required int Input { get; init; }

    /// <summary>Its course.</summary>
    public required WaveShape Shape { get; init; }

    /// <summary>What 1 of the course is, in SI units: one value, or one per neuron.</summary>
    public required double[] Amplitude { get; init; }

    /// <summary>Where it begins, in µs.</summary>
    public long Start { get; init; }

    /// <summary>Where it ends, in µs.</summary>
    public long Stop { get; init; } = long.MaxValue;

    /// <summary>Period in µs; for noise the time that a number is kept.</summary>
    public long Period { get; init; }

    /// <summary>Width of a pulse in µs.</summary>
    public long Width { get; init; }

    /// <summary>Place within its period at the start, in turns.</summary>
    public double Phase { get; init; }

    /// <summary>Draws the noise.</summary>
    public ulong Seed { get; init; }

    /// <summary>Points in seconds and parts of the amplitude.</summary>
    public PointTable? Points { get; init; }

    /// <summary>Where it stands in the network file.</summary>
    public required SourceLocation Location { get; init; }

    /// <summary>What a neuron gets, at most.</summary>
    public double Most => Amplitude.Max(Math.Abs) * (Shape == WaveShape.Noise ? NoiseSource.Most / NoiseSource.Deviation : Points == null
        ? 1 : Points.Y.Max(Math.Abs));

    /// <summary>What 1 of the course is for a neuron.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <returns>The amplitude in SI units.</returns>
    public double AmplitudeOf(int neuron) => Amplitude[Amplitude.Length == 1 ? 0 : neuron];

    /// <summary>First step that begins at a time or after it.</summary>
    /// <param name="time">The time in µs.</param>
    /// <param name="step">Step in µs.</param>
    /// <returns>Its number, from 0; no larger than the counters hold.</returns>
    public static int FirstStep(long time, int step) => (int)Math.Min(MostCount, time >= MostCount * step ? MostCount
        : (time + step - 1) / step);

    /// <summary>What a period is counted in: µs, or for long ones a multiple that divides the step.</summary>
    /// <param name="step">Step in µs.</param>
    /// <returns>The unit in µs.</returns>
    public int CountUnit(int step)
    {
        int unit = 1;
        while (unit < step && (Period / unit >= MostCount || step % unit != 0))
        {
            unit++;
        }

        return unit;
    }

    /// <summary>Counts of a period.</summary>
    /// <param name="step">Step in µs.</param>
    /// <returns>The number.</returns>
    public int CountsOfPeriod(int step) => (int)Math.Min(MostCount, Math.Max(1, Period / CountUnit(step)));

    /// <summary>Counts of a step; less than a period, since only the place within one is counted.</summary>
    /// <param name="step">Step in µs.</param>
    /// <returns>The number.</returns>
    public int CountsOfStep(int step) => step / CountUnit(step) % CountsOfPeriod(step);

    /// <summary>Place within the period at the beginning of a step.</summary>
    /// <param name="number">Number of the step; −1 is the one before the first.</param>
    /// <param name="step">Step in µs.</param>
    /// <returns>Counts from 0 up to a period.</returns>
    public int CountAt(long number, int step)
    {
        int period = CountsOfPeriod(step);
        long shift = (long)Math.Round(Phase * period) + (Shape == WaveShape.Triangle ? period / 4 : 0);
        long from = Start / CountUnit(step) % period;
        long count = ((number * CountsOfStep(step)) - from + shift) % period;
        return (int)(count < 0 ? count + period : count);
    }

    /// <summary>Course at the beginning of a step, for all but noise.</summary>
    /// <param name="number">Number of the step, from 0.</param>
    /// <param name="step">Step in µs.</param>
    /// <returns>The part of the amplitude.</returns>
    public double CourseAt(long number, int step)
    {
        if (Shape == WaveShape.Ramp)
        {
            double from = FirstStep(Start, step);
            double to = FirstStep(Stop, step);
            return to <= from ? (number >= to ? 1 : 0) : Math.Clamp((number - from) / (to - from), 0, 1);
        }

        if (Shape == WaveShape.Points)
        {
            return number < FirstStep((long)Math.Round(Points!.X[0] * 1e6), step) ? 0 : Points.At(number * step * 1e-6);
        }

        if (!IsOn(number, step))
        {
            return 0;
        }

        return Shape switch
        {
            WaveShape.Triangle => Triangle(CountAt(number, step) / (double)CountsOfPeriod(step)),
            WaveShape.Sine => Math.Sin(2 * Math.PI * CountAt(number, step) / CountsOfPeriod(step)),
            WaveShape.Pulses => CountAt(number, step) < CountsOfWidth(step) ? 1 : 0,
            _ => 1,
        };
    }

    /// <summary>Counts of a pulse.</summary>
    /// <param name="step">Step in µs.</param>
    /// <returns>The number.</returns>
    public int CountsOfWidth(int step) => (int)Math.Min(MostCount, Width / CountUnit(step));

    /// <summary>Whether a step lies between start and stop.</summary>
    /// <param name="number">Number of the step, from 0.</param>
    /// <param name="step">Step in µs.</param>
    /// <returns>True from start to stop.</returns>
    public bool IsOn(long number, int step) => number >= FirstStep(Start, step) && number < FirstStep(Stop, step);

    /// <summary>A triangle: −1 at 0, 0 at a quarter, 1 at half a turn.</summary>
    /// <param name="turns">Place within the period, from 0 to 1.</param>
    /// <returns>The part of the amplitude.</returns>
    public static double Triangle(double turns) => Math.Min((4 * turns) - 1, 3 - (4 * turns));
}
