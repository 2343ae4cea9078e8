// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks.Boards;
using NeuroMCU.Parts;

namespace NeuroMCU.Laboratory.Calibration;

/// <summary>Which boards calibration is for: those whose channels are thyristor neurons, with a rate that the current alone
/// determines.</summary>
public static class CalibrationScope
{
    /// <summary>Why a board cannot be calibrated.</summary>
    /// <param name="board">Its profile.</param>
    /// <returns>The reason; null when it can be.</returns>
    public static string? WhyNot(BoardDescription board)
    {
        ArgumentNullException.ThrowIfNull(board);
        ChannelDescription[] driven = [.. board.Channels.Where(c => c.Drive is not null)];
        bool All(NeuronKind kind) => driven.All(c => c.Neuron.Kind == kind);
        return driven.Length == 0 ? "it has no neurons"
            : All(NeuronKind.Wire) ? "its channels are wires from a drive to a sense"
            : All(NeuronKind.Bursting) ? "its neuron bursts: how it fires depends on the potentiometer of its soma as well"
            : All(NeuronKind.Lui) ? "its neurons are Lu.i boards, whose rate this program has no law for"
            : null;
    }
}
