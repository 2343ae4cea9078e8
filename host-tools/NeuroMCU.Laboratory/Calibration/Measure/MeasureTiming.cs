// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Calibration.Measure;

/// <summary>How long a measurement waits and counts.</summary>
/// <param name="Settle">Time in ms after driving that is not looked at.</param>
/// <param name="Window">Time in ms over which spikes are counted.</param>
public sealed record MeasureTiming(int Settle, int Window);
