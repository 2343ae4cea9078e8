// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;

namespace NeuroMCU.Recordings;

/// <summary>
/// Spikes on disk while a run goes on, in the order of their arrival: what the host tool has received is there at most half a second later,
/// in whole pieces of the format, whatever becomes of the tool. On a full disk it ends with its last whole piece.
/// </summary>
public sealed class SpikeLog : IDisposable
{
    private const int MostWaiting = 1 << 20;
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(500);

    private readonly FileStream _file;
    private readonly MemoryStream _waiting = new();
    private readonly ISpikeEncoding _encoding;
    private readonly Stopwatch _sinceFlush = Stopwatch.StartNew();
    private bool _any;
    private bool _ended;

    /// <summary>Begins the file; one of that name is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">Its format.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public SpikeLog(string path, ISpikeEncoding encoding)
    {
        Path = path;
        _encoding = encoding;

        // Without a buffer of its own, so that what has once found no room is not tried again when the file is closed, and so that what
        // waits goes to the system in one piece.
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        Begin();
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Why the file could not be written any further, in words of the system; null while it can.</summary>
    public string? Failure { get; private set; }

    /// <summary>Adds spikes.</summary>
    /// <param name="neurons">Global neuron indices.</param>
    /// <param name="times">Times in µs, parallel to the neurons.</param>
    public void Append(ReadOnlySpan<int> neurons, ReadOnlySpan<long> times)
    {
        if (Failure is not null)
        {
            return;
        }

        try
        {
            _encoding.WriteSpikes(_waiting, neurons, times);
            _any |= neurons.Length > 0;
            Advance();
        }
        catch (IOException e)
        {
            Fail(e);
        }
    }

    /// <summary>Lets what has waited for half a second go to disk; called whenever time passes.</summary>
    public void Advance()
    {
        if (_sinceFlush.Elapsed >= s_between || _waiting.Length > MostWaiting)
        {
            Flush();
        }
    }

    /// <summary>Begins again: the network went back to time 0.</summary>
    public void Restart()
    {
        if (Failure is null)
        {
            Flush();
            _file.SetLength(0);
            _any = false;
            Begin();
        }
    }

    /// <summary>Ends the file; one without a spike is removed.</summary>
    public void Dispose()
    {
        if (_ended)
        {
            return;
        }

        Flush();
        _ended = true;
        _file.Dispose();
        if (Failure is not null)
        {
            CutToWhole();
        }

        if (!_any)
        {
            File.Delete(Path);
        }
    }

    /// <summary>Ends the file and removes it, once the whole recording is on disk under another name.</summary>
    public void Remove()
    {
        Dispose();
        File.Delete(Path);
    }

    private void Begin()
    {
        _file.Position = 0;
        _waiting.SetLength(0);
        _encoding.WriteHead(_waiting);
        Flush();
    }

    private void Flush()
    {
        _sinceFlush.Restart();
        if (Failure is not null || _ended)
        {
            return;
        }

        try
        {
            _file.Write(_waiting.GetBuffer(), 0, (int)_waiting.Length);
            _waiting.SetLength(0);
        }
        catch (IOException e)
        {
            Fail(e);
        }
    }

    private void Fail(IOException problem) => Failure = problem.Message;

    // The last piece may have found half a place.
    private void CutToWhole()
    {
        byte[] bytes = File.ReadAllBytes(Path);
        try
        {
            using FileStream file = new(Path, FileMode.Open, FileAccess.Write);
            file.SetLength(_encoding.WholeLength(bytes));
        }
        catch (IOException)
        {
            // Then half a piece stays.
        }
    }
}
