// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Recordings.Report;

/// <summary>One card of a report.</summary>
public abstract class ReportSection
{
    /// <summary>Makes a card.</summary>
    /// <param name="title">Its heading.</param>
    protected ReportSection(string title)
    {
        Title = title;
    }

    /// <summary>Heading.</summary>
    public string Title { get; }

    /// <summary>A sentence below the heading, or null.</summary>
    public string? Note { get; init; }

    /// <summary>True to stand beside its neighbour of the same kind where the window is wide enough.</summary>
    public bool HalfWidth { get; init; }

    /// <summary>What the pointer can do here, or null.</summary>
    public virtual string? Hint => null;

    /// <summary>Writes what stands below the heading.</summary>
    /// <param name="html">Where to.</param>
    public abstract void WriteBody(HtmlWriter html);
}
