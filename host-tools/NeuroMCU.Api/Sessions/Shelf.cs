// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Recordings;

namespace NeuroMCU.Api.Sessions;

/// <summary>The recordings of the runs so far. The oldest give way when there are too many spikes; that is said, not hidden.</summary>
internal sealed class Shelf
{
    private readonly Lock _gate = new();
    private readonly List<KeptRun> _runs = [];
    private int _numbers;

    /// <summary>Spikes and samples that all recordings may hold together.</summary>
    public long Most { get; init; } = 40_000_000;

    /// <summary>Recordings that had to give way.</summary>
    public int GivenUp { get; private set; }

    /// <summary>All recordings, oldest first.</summary>
    public IReadOnlyList<KeptRun> Runs
    {
        get
        {
            lock (_gate)
            {
                return [.. _runs];
            }
        }
    }

    /// <summary>Keeps a recording.</summary>
    public KeptRun Add(string device, int run, RunRecording recording)
    {
        lock (_gate)
        {
            KeptRun kept = new("r" + (++_numbers).ToString(System.Globalization.CultureInfo.InvariantCulture), device, run, recording,
                DateTimeOffset.Now);
            _runs.Add(kept);
            while (_runs.Count > 1 && _runs.Sum(r => r.Items) > Most)
            {
                _runs.RemoveAt(0);
                GivenUp++;
            }

            return kept;
        }
    }

    /// <summary>Finds a recording.</summary>
    /// <exception cref="ApiException">There is none.</exception>
    public KeptRun Find(string id)
    {
        lock (_gate)
        {
            return _runs.FirstOrDefault(r => string.Equals(r.Id, id, StringComparison.Ordinal))
                ?? throw ApiException.NotFound($"there is no recording '{id}'",
                    _runs.Count == 0 ? "run a network first" : "there are: " + string.Join(", ", _runs.Select(r => r.Id)));
        }
    }

    /// <summary>Throws a recording away.</summary>
    public void Remove(string id)
    {
        KeptRun run = Find(id);
        lock (_gate)
        {
            _runs.Remove(run);
        }
    }
}

/// <summary>A recording on the shelf.</summary>
/// <param name="Id">Its name in addresses.</param>
/// <param name="Device">Id of the device that it ran on.</param>
/// <param name="Run">Number of the run.</param>
/// <param name="Recording">What it left.</param>
/// <param name="Made">When it ended.</param>
internal sealed record KeptRun(string Id, string Device, int Run, RunRecording Recording, DateTimeOffset Made)
{
    /// <summary>Spikes and samples.</summary>
    public long Items => Recording.Spikes.Count + Recording.Traces.Sum(t => (long)t.Times.Length);
}
