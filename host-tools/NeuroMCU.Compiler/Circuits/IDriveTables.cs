// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Networks.Boards;

namespace NeuroMCU.Compiler.Circuits;

/// <summary>Where the compiler takes the drive table of a channel from: the profile's nominal transfer, or a calibration.</summary>
public interface IDriveTables
{
    /// <summary>Finds the table of a channel.</summary>
    /// <param name="board">The board.</param>
    /// <param name="channel">Number of the channel in its profile.</param>
    /// <returns>Currents in units of 2^-12 nA, ascending, with their codes; null when this source knows nothing of the channel.</returns>
    ChannelTable? Find(BoardDescription board, int channel);
}
