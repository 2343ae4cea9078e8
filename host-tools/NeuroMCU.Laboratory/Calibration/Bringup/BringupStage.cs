// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Calibration.Bringup;

/// <summary>A part of bring-up that the user agrees to before it begins.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Does">What will happen at the board's outputs, for people.</param>
/// <param name="Readings">What to measure before it begins, while every output is safe.</param>
public sealed record BringupStage(string Name, string Does, IReadOnlyList<MeterReading> Readings);
