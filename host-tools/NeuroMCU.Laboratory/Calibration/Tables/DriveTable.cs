// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Calibration.Tables;

/// <summary>
/// From the current that a network commands to the code that makes this channel fire as the reference neuron does at that current. In
/// between by a straight line; beyond the last entry the last code holds, so that no command drives a channel into its block.
/// </summary>
public sealed record DriveTable
{
    /// <summary>Commanded currents in A, ascending from 0.</summary>
    public required IReadOnlyList<double> Currents { get; init; }

    /// <summary>Codes that belong to them, ascending from 0.</summary>
    public required IReadOnlyList<int> Codes { get; init; }

    /// <summary>The code for a command.</summary>
    /// <param name="current">Commanded current in A.</param>
    /// <returns>Code of the converter.</returns>
    public int CodeOf(double current)
    {
        for (int i = 1; i < Currents.Count; i++)
        {
            if (current < Currents[i])
            {
                double part = (Math.Max(0, current) - Currents[i - 1]) / (Currents[i] - Currents[i - 1]);
                return (int)Math.Round(Codes[i - 1] + (part * (Codes[i] - Codes[i - 1])), MidpointRounding.AwayFromZero);
            }
        }

        return Codes[^1];
    }
}
