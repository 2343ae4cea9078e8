// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench.Work;

namespace NeuroMCU.VirtualBench.Costs;

/// <summary>What each call and each piece of work costs on a device, in ns, and where each figure comes from.</summary>
public sealed class CostProfile
{
    private readonly long[] _calls;
    private readonly long[] _work;
    private readonly IReadOnlyDictionary<string, string> _sources;

    internal CostProfile(string name, string about, long[] calls, long[] work, IReadOnlyDictionary<string, string> sources)
    {
        Name = name;
        About = about;
        _calls = calls;
        _work = work;
        _sources = sources;
    }

    /// <summary>Gets the name, for example 'esp32-rev3'.</summary>
    public string Name { get; }

    /// <summary>Gets what device the profile stands for.</summary>
    public string About { get; }

    /// <summary>Gets the source of each figure by its key in the profile's file.</summary>
    public IReadOnlyDictionary<string, string> Sources => _sources;

    /// <summary>Gets a value indicating whether nothing costs anything.</summary>
    public bool IsFree => Array.TrueForAll(_calls, c => c == 0) && Array.TrueForAll(_work, w => w == 0);

    /// <summary>Gets the cost of a call.</summary>
    /// <param name="call">The call.</param>
    /// <returns>Duration in ns.</returns>
    public long Of(DeviceCall call) => _calls[(int)call];

    /// <summary>Gets the cost of one unit of work.</summary>
    /// <param name="kind">Kind of work.</param>
    /// <returns>Duration in ns.</returns>
    public long Of(WorkKind kind) => _work[(int)kind];

    /// <summary>Finds one of the profiles that come with the bench.</summary>
    /// <param name="name">'esp32-rev3', 'esp32-psram-rev3' or 'ideal'.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="ArgumentException">There is no such profile; the message lists those that exist.</exception>
    public static CostProfile Find(string name) => CostProfileFile.LoadBuiltIn(name);

    /// <summary>Gets the profile in which nothing costs anything.</summary>
    public static CostProfile Ideal => Find("ideal");
}
