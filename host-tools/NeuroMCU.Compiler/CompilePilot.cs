// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Compiler;

/// <summary>What a pilot run of the whole network said of a part of it, which alone would hear nothing of the other parts.</summary>
/// <param name="Activity">What the neurons of the part did.</param>
/// <param name="Advice">How its populations are brought forward.</param>
/// <param name="Units">Units of its membranes and currents.</param>
internal sealed record CompilePilot(Activity Activity, IReadOnlyList<UpdateAdvice> Advice, DeviceUnits Units);
