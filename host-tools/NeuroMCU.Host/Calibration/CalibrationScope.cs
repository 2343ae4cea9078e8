// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Linq;
using NeuroMCU.Hardware.Outputs;
using NeuroMCU.Host.Boards;

namespace NeuroMCU.Host.Calibration
{
    /// <summary>Which boards calibration is for: those whose channels are thyristor neurons, with a rate that the current alone determines.</summary>
    public static class CalibrationScope
    {
        /// <summary>Why a board cannot be calibrated.</summary>
        /// <param name="board">Its profile.</param>
        /// <returns>The reason; null when it can be.</returns>
        public static string? WhyNot(BoardDescription board)
        {
            ArgumentNullException.ThrowIfNull(board);
            ChannelDescription[] driven = [.. board.Channels.Where(c => c.Drive is not null)];
            return driven.Length == 0 ? "it has no neurons"
                : driven.All(c => c.Sense?.Net == c.Drive!.Net) ? "its channels are wires from a drive to a sense"
                : board.Profile.Outputs.Any(o => o.Kind == OutputKind.Pot) ? "its neuron bursts: how it fires depends on the potentiometer of its soma as well"
                : driven.All(c => c.Drive!.Hold is null && c.Sense is null) ? "its neurons are no thyristors: the profile has neither a holding current nor a sense"
                : null;
        }
    }
}
