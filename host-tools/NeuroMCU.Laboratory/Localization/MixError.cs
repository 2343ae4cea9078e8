// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Localization;

/// <summary>How far answers were off.</summary>
/// <param name="Mean">Mean absolute error in degrees.</param>
/// <param name="Largest">Largest absolute error in degrees.</param>
public sealed record MixError(double Mean, double Largest)
{
    /// <summary>Takes mean and maximum.</summary>
    /// <returns>Null without any errors.</returns>
    internal static MixError? Of(IEnumerable<double> errors)
    {
        double[] all = [.. errors];
        return all.Length == 0 ? null : new MixError(all.Average(), all.Max());
    }
}
