// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Numerics;
using NeuroMCU.Hearing;

namespace NeuroMCU.Compiler;

/// <summary>
/// One band of the microphone front end: from frequencies to the integers that the device filters with. Two resonators in a row,
/// a little above and below the band's centre, make it flat on top.
/// </summary>
/// <param name="SampleRate">Sample rate in Hz.</param>
/// <param name="LowResonance">Resonance of the first resonator in Hz.</param>
/// <param name="HighResonance">Resonance of the second one in Hz.</param>
/// <param name="Bandwidth">Width of both in Hz.</param>
/// <param name="ShortestPeriod">Shortest interval between crossings that is taken for the band's, in periods of its centre.</param>
/// <param name="LongestPeriod">Longest one.</param>
/// <param name="Envelope">True for a band that hears the envelope.</param>
/// <remarks>
/// Poles at r·exp(±jθ), r = exp(−πB/fs), θ = 2πf/fs (J. O. Smith, Introduction to Digital Filters, section on two-pole filters).
/// </remarks>
public sealed record BandDesign(
    int SampleRate, double LowResonance, double HighResonance, double Bandwidth, double ShortestPeriod, double LongestPeriod, bool Envelope)
{
    private const int One = 1 << HearingLayout.CoefficientBits;
    private const int GridPoints = 600;
    private const int CorrectionPoints = 49;

    // So many samples in a period find a crossing between two of them, and keep the band clear of what its rate mirrors into it.
    private const double LeastSamplesPerPeriod = 4.5;

    // A band that is slow enough has half the rate: half the work.
    private int Halvings => Envelope || LeastSamplesPerPeriod * Centre <= SampleRate / 2.0 ? 1 : 0;

    private double Rate => SampleRate / (double)(1 << Halvings);

    private double Radius => Math.Exp(-Math.PI * Bandwidth / Rate);

    private int FirstPole => Pole(LowResonance);

    private int SecondPole => Pole(HighResonance);

    private int Damping => (int)Math.Round(One * Radius * Radius);

    private double Centre => (LowResonance + HighResonance) / 2;

    /// <summary>Makes the band's record in the parameters of the front end.</summary>
    /// <param name="inputShift">Left shift of the filters' input.</param>
    /// <returns>The integers by the places of <see cref="HearingLayout" />.</returns>
    public int[] Record(int inputShift)
    {
        int shift = Math.Max(0, (int)Math.Floor(Math.Log2(Grid().Max(w => Resonator(FirstPole, w)))));
        double peak = Grid()
            .Max(w => Input(w) * Math.Pow(2, inputShift - shift) * Resonator(FirstPole, w) * Resonator(SecondPole, w));
        int[] record = new int[HearingLayout.BandLength];
        record[HearingLayout.Envelope] = Envelope ? 1 : 0;
        record[HearingLayout.FirstPole] = FirstPole;
        record[HearingLayout.SecondPole] = SecondPole;
        record[HearingLayout.Radius] = Damping;
        record[HearingLayout.Shift] = shift;
        record[HearingLayout.Correction] = Correction();
        record[HearingLayout.ShortestInterval] = Math.Max(1, (int)Math.Round(ShortestPeriod * Rate / Centre));
        record[HearingLayout.LongestInterval] = (int)Math.Floor(LongestPeriod * Rate / Centre);
        record[HearingLayout.LevelScale] = (int)Math.Round(65536 * 16 / peak);
        record[HearingLayout.Halvings] = Halvings;
        return record;
    }

    private static double[] Grid()
    {
        const double From = 0.01;
        const double To = 3.1;
        return Enumerable.Range(0, GridPoints).Select(i => From + ((To - From) * i / (GridPoints - 1))).ToArray();
    }

    private int Pole(double frequency)
    {
        return (int)Math.Round(2 * One * Radius * Math.Cos(2 * Math.PI * frequency / Rate));
    }

    // Gain of what comes before the resonators (EarInput), at an angular frequency of the band's rate. An envelope is taken as the sound
    // itself
    // would be that has it.
    private double Input(double w)
    {
        Complex z = Complex.Exp(new Complex(0, -w / 2));
        Complex slow = (1 - (z * z)) / 8;
        return Halvings == 0 ? (1 - Complex.Exp(new Complex(0, -2 * w))).Magnitude
            : Envelope ? (slow * 2 * (1 + z) * (1 + z) * (1 + z)).Magnitude
            : (slow * (1 + z) * (4 + (7 * z) + (4 * z * z))).Magnitude;
    }

    // Gain of a resonator at an angular frequency, with the coefficients as they are rounded.
    private double Resonator(int pole, double w)
    {
        Complex z = Complex.Exp(new Complex(0, -w));
        return 1 / (1 - ((double)pole / One * z) + ((double)Damping / One * z * z)).Magnitude;
    }

    // A straight line between two samples finds the zero of a sine at ρ(a) instead of a; the error is close to κ·ρ(1 − ρ)(1 − 2ρ).
    private int Correction()
    {
        double step = 2 * Math.PI * Centre / Rate;
        double numerator = 0;
        double denominator = 0;
        for (int i = 0; i < CorrectionPoints; i++)
        {
            double a = 0.02 + (0.96 * i / (CorrectionPoints - 1));
            double rho = Math.Sin(a * step) / (Math.Sin(a * step) + Math.Sin((1 - a) * step));
            double bend = rho * (1 - rho) * (1 - (2 * rho));
            numerator += bend * (a - rho);
            denominator += bend * bend;
        }

        return (int)Math.Round(1024 * numerator / denominator);
    }
}
