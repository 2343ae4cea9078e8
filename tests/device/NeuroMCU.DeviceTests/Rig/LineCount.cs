// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Platform;

namespace NeuroMCU.DeviceTests.Rig
{
    /// <summary>A console that counts its lines; what they say goes over the wire as well.</summary>
    internal sealed class LineCount : IConsole
    {
        public int Lines { get; private set; }

        public void WriteLine(string line)
        {
            Lines++;
        }
    }
}
