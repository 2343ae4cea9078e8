// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Platform;

namespace NeuroMCU.Hardware.Platform
{
    /// <summary>The console of the runtime: the debugger's output on a board, standard output on a host.</summary>
    public sealed class ClrConsole : IConsole
    {
        /// <inheritdoc />
        public void WriteLine(string line)
        {
            try
            {
                System.Console.WriteLine(line);
            }
            catch (Exception)
            {
                // Nobody listens: the line is lost, the device goes on.
            }
        }
    }
}
