// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Evolution;

/// <summary>How an array learns a task.</summary>
/// <param name="Presentations">Presentations of the lesson.</param>
/// <param name="Sharpness">Answers compete by exp(sharpness · sum).</param>
/// <param name="Half">Presentations after which a pulse is half as long; 0 when it stays.</param>
public sealed record LessonSettings(int Presentations, int Sharpness, int Half);
