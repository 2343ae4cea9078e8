// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Api.Sessions;

/// <summary>Which synapse was last written by hand in which version, so that of two pages that change one weight both hear of it.</summary>
internal sealed class SynapseVersions
{
    private readonly Dictionary<int, (long Version, string By)> _last = [];

    /// <summary>Counts the writes since the network was loaded.</summary>
    public long Version { get; private set; }

    /// <summary>A network was loaded: what was known before counts no more.</summary>
    public void Clear()
    {
        _last.Clear();
        Version++;
    }

    /// <summary>Refuses a write that would undo one that its writer has not seen.</summary>
    /// <param name="synapses">What is to be written.</param>
    /// <param name="seen">Version that the writer has seen.</param>
    /// <exception cref="ApiException">One of them was written since.</exception>
    public void Check(IEnumerable<int> synapses, long seen)
    {
        foreach (int synapse in synapses)
        {
            if (_last.TryGetValue(synapse, out (long Version, string By) last) && last.Version > seen)
            {
                throw new ApiException(412, "changed_meanwhile", $"{last.By} changed this weight after you read it",
                    FormattableString.Invariant($"it was read in version {seen}, and written in version {last.Version}"),
                    "read it again; without If-Match the last one to write wins");
            }
        }
    }

    /// <summary>Notes a write.</summary>
    public long Write(IEnumerable<int> synapses, string by)
    {
        Version++;
        foreach (int synapse in synapses)
        {
            _last[synapse] = (Version, by);
        }

        return Version;
    }
}
