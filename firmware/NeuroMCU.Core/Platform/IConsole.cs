// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Platform
{
    /// <summary>Where a device without host tells what it finds: the debug console of the board, a log on the bench.</summary>
    public interface IConsole
    {
        /// <summary>Writes one line. Never throws; a line that cannot be written is lost.</summary>
        /// <param name="line">Text without line end.</param>
        void WriteLine(string line);
    }
}
