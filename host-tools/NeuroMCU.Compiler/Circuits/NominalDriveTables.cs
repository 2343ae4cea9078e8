// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Networks.Models;

namespace NeuroMCU.Compiler.Circuits;

/// <summary>Drive tables from the transfer that a profile states, I = (V − offset)/resistance: three points are a straight line from
/// the offset on.</summary>
internal sealed class NominalDriveTables : IDriveTables
{
    /// <inheritdoc />
    public ChannelTable? Find(BoardDescription board, int channel)
    {
        DriveDescription? drive = board.Channels[channel].Drive;
        if (drive == null)
        {
            return null;
        }

        // The first code that drives at all: below it the current is 0 whatever the code.
        int first = 0;
        while (first < drive.FullCode && drive.CurrentOf(first) <= 0)
        {
            first++;
        }

        long low = CurrentFormat.OfChannels.Current(drive.CurrentOf(first));
        long high = CurrentFormat.OfChannels.Current(drive.CurrentOf(drive.FullCode));
        return new ChannelTable
        {
            Channel = channel,
            MaxCode = drive.MaxCode,
            Currents = [0, (int)System.Math.Max(1, low), (int)System.Math.Max(2, high)],
            Codes = [System.Math.Max(0, first - 1), first, drive.FullCode],
        };
    }
}
