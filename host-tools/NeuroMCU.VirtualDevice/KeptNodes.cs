// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;

namespace NeuroMCU.VirtualDevice;

/// <summary>
/// Keeps what the nodes of a virtual device have become, damage too, as nodes stay what they are in a drawer: while they are worked on now
/// and then, whenever the firmware stores something about them, and at the end.
/// </summary>
internal sealed class KeptNodes
{
    private static readonly TimeSpan s_often = TimeSpan.FromSeconds(0.3);

    private readonly FlashFolder _folder;
    private long _saved;
    private bool _marked;
    private long _last = Stopwatch.GetTimestamp();

    /// <summary>Begins with what the folder has.</summary>
    /// <param name="folder">Folder of the device.</param>
    public KeptNodes(FlashFolder folder)
    {
        _folder = folder;
        IsLost = folder.NodesWereWorkedOn;
        folder.MarkNodes(false);
        State = folder.LoadNodes();
    }

    /// <summary>Gets a value indicating whether the process before this one was killed while it worked on the nodes: what it did in its
    /// last moments is not kept.</summary>
    public bool IsLost { get; }

    /// <summary>Gets the state that was kept; null when there is none.</summary>
    public IReadOnlyList<double>? State { get; }

    /// <summary>Begins to follow nodes that are at this count of changes.</summary>
    public void Begin(long changes) => _saved = changes;

    /// <summary>Looks whether nodes have changed.</summary>
    /// <param name="changes">How often something was done to them.</param>
    /// <param name="state">Gets what they have become.</param>
    public void Follow(long changes, Func<IReadOnlyList<double>> state)
    {
        if (changes == _saved)
        {
            return;
        }

        if (!_marked)
        {
            _folder.MarkNodes(true);
            _marked = true;
        }

        if (Stopwatch.GetElapsedTime(_last) > s_often)
        {
            Save(changes, state);
        }
    }

    /// <summary>Keeps what they have become now.</summary>
    /// <param name="changes">How often something was done to them.</param>
    /// <param name="state">Gets what they have become.</param>
    public void Save(long changes, Func<IReadOnlyList<double>> state)
    {
        _folder.SaveNodes(state());
        _folder.MarkNodes(false);
        _marked = false;
        _saved = changes;
        _last = Stopwatch.GetTimestamp();
    }
}
