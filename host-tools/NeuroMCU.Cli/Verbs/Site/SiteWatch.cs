// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Internet.Site;

namespace NeuroMCU.Cli.Verbs.Site;

/// <summary>What a site shows while it runs: what went to the hub and came from it since it was last asked.</summary>
internal sealed class SiteWatch
{
    private readonly HubLink _link;
    private readonly long _begin;
    private LinkFigures _before;
    private long _asked;

    public SiteWatch(HubLink link) => (_link, _begin, _asked, _before) = (link, link.Clock.Now, link.Clock.Now, link.Figures);

    /// <summary>The line of now.</summary>
    /// <returns>Such as <c>12 s: 10 spikes and potentials a second to the hub, 25 arrivals a second from it, 0 lost</c>.</returns>
    public string Line()
    {
        long now = _link.Clock.Now;
        double seconds = Math.Max(1e-3, (now - _asked) / 1e6);
        LinkFigures figures = _link.Figures;
        string line = FormattableString.Invariant(
            $"{(now - _begin) / 1e6:0} s: {(figures.Sent - _before.Sent) / seconds:0} spikes and potentials a second to the hub, ")
            + FormattableString.Invariant($"{(figures.Arrived - _before.Arrived) / seconds:0} arrivals a second from it, ")
            + FormattableString.Invariant($"{figures.Lost} lost") + (figures.Joined ? string.Empty : "; the hub does not answer");
        (_before, _asked) = (figures, now);
        return line;
    }
}
