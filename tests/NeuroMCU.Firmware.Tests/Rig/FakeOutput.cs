// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Outputs;

namespace NeuroMCU.Firmware.Tests.Rig;

/// <summary>An output that remembers what it was told.</summary>
internal sealed class FakeOutput : IBoardOutput
{
    public const int Safe = -1;

    public List<int> Levels { get; } = [];

    public bool Broken { get; set; }

    public int Level { get; private set; } = Safe;

    public void Write(int level)
    {
        if (Broken)
        {
            throw new IOException("the wire is off");
        }

        Level = level;
        Levels.Add(level);
    }

    public void MakeSafe()
    {
        if (Broken)
        {
            throw new IOException("the wire is off");
        }

        Level = Safe;
    }

    public void Close() => MakeSafe();
}
