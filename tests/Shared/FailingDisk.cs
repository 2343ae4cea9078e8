// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files;

namespace NeuroMCU.Tests.Shared;

/// <summary>
/// A disk in memory that forgets at a power failure what was not flushed: bytes of files, and names of folders. Its power fails after any
/// number of steps.
/// </summary>
internal sealed class FailingDisk : IDisk
{
    private readonly Dictionary<string, Node> _names = [];
    private readonly Dictionary<string, Node> _flushedNames = [];

    /// <summary>Steps until the power fails.</summary>
    public int StepsLeft { get; set; } = int.MaxValue;

    public int Steps { get; private set; }

    /// <summary>True for a disk that refuses one step and goes on, false for one whose power fails.</summary>
    public bool Recovers { get; set; }

    public IEnumerable<string> Files(string folder) => [.. _names.Keys];

    public byte[]? Read(string path) => _names.TryGetValue(path, out Node? node) ? node.ToArray() : null;

    public Stream Create(string path)
    {
        Step();
        Node node = new();
        _names[path] = node;
        return node;
    }

    public void Flush(Stream file)
    {
        Step();
        Node node = (Node)file;
        node.Flushed = node.ToArray();
    }

    public void Move(string from, string to)
    {
        Step();
        _names[to] = _names[from];
        _names.Remove(from);
    }

    public void Delete(string path)
    {
        if (_names.ContainsKey(path))
        {
            Step();
            _names.Remove(path);
        }
    }

    public void FlushFolder(string folder)
    {
        Step();
        _flushedNames.Clear();
        foreach ((string path, Node node) in _names)
        {
            _flushedNames[path] = node;
        }
    }

    /// <summary>What is under a name after a power failure: the names may have reached the medium or not, bytes only when they were
    /// flushed.</summary>
    /// <param name="path">The name.</param>
    /// <param name="namesKept">True when the names got there although nobody waited for it.</param>
    /// <returns>The content; null when there is no such file.</returns>
    public byte[]? AfterPowerFailure(string path, bool namesKept) =>
        (namesKept ? _names : _flushedNames).TryGetValue(path, out Node? node) ? node.Flushed : null;

    private void Step()
    {
        Steps++;
        if (StepsLeft-- <= 0)
        {
            StepsLeft = Recovers ? int.MaxValue : 0;
            throw new IOException("no power");
        }
    }

    private sealed class Node : MemoryStream
    {
        public byte[] Flushed { get; set; } = [];
    }
}
