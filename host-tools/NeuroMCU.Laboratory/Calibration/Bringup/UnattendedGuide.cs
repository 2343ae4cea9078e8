// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Calibration.Bringup;

/// <summary>Nobody is there: every stage is done and nothing is measured by hand.</summary>
public sealed class UnattendedGuide : IBringupGuide
{
    /// <inheritdoc />
    public Task<(IReadOnlyList<double?> Volts, bool GoOn)> BeforeAsync(BringupStage stage, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(stage);
        return Task.FromResult<(IReadOnlyList<double?>, bool)>((new double?[stage.Readings.Count], true));
    }
}
