// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Outputs;

namespace NeuroMCU.DeviceTests.Rig
{
    /// <summary>An output that is a number; −1 is its safe level.</summary>
    internal sealed class LevelOutput : IBoardOutput
    {
        public int Level { get; private set; } = -1;

        public void Write(int level)
        {
            Level = level;
        }

        public void MakeSafe()
        {
            Level = -1;
        }

        public void Close()
        {
            MakeSafe();
        }
    }
}
