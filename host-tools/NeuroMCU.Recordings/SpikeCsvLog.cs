// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using System.Text;

namespace NeuroMCU.Recordings;

/// <summary>
/// Spikes on disk while a run goes on, as the rows of <see cref="SpikeCsv" /> in the order of their arrival: what the host tool has
/// received is there at most half a second later, whatever becomes of the tool. On a full disk it ends with its last whole row.
/// </summary>
public sealed class SpikeCsvLog : IDisposable
{
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(500);

    private readonly FileStream _file;
    private readonly StreamWriter _writer;
    private readonly SpikeCsvRows _rows;
    private readonly Stopwatch _sinceFlush = Stopwatch.StartNew();
    private bool _any;
    private bool _ended;

    /// <summary>Begins the file; one of that name is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="populations">Populations of the network, in order of their first neuron.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public SpikeCsvLog(string path, IReadOnlyList<RecordedPopulation> populations)
    {
        Path = path;
        _rows = new SpikeCsvRows(populations);

        // Without a buffer of its own, so that what has once found no room is not tried again when the file is closed.
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        _writer = new StreamWriter(_file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
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
            for (int i = 0; i < neurons.Length; i++)
            {
                _rows.Write(_writer, neurons[i], times[i]);
            }

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
        if (_sinceFlush.Elapsed >= s_between)
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
            CutToRows();
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
        _writer.Write(SpikeCsv.Header + "\n");
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
            _writer.Flush();
        }
        catch (IOException e)
        {
            Fail(e);
        }
    }

    private void Fail(IOException problem) => Failure = problem.Message;

    // The last row may have found half a place.
    private void CutToRows()
    {
        byte[] text = File.ReadAllBytes(Path);
        try
        {
            using FileStream file = new(Path, FileMode.Open, FileAccess.Write);
            file.SetLength(Array.LastIndexOf(text, (byte)'\n') + 1);
        }
        catch (IOException)
        {
            // Then half a row stays.
        }
    }
}
