// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Calibration.Bringup;

/// <summary>Who is asked before each stage of bring-up.</summary>
public interface IBringupGuide
{
    /// <summary>Explains a stage, takes its readings, and asks whether to go on. Every output is safe meanwhile.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="cancellation">Ends the question.</param>
    /// <returns>The readings in V in the order of the stage, null where nothing was measured; and whether to go on.</returns>
    Task<(IReadOnlyList<double?> Volts, bool GoOn)> BeforeAsync(BringupStage stage, CancellationToken cancellation);
}
