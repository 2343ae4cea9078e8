// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Equations;

/// <summary>An equation cannot be stepped, or not in the device's arithmetic.</summary>
internal sealed class EquationException : Exception
{
    public EquationException(ModelState? state, string message, string hint)
        : base(message)
    {
        State = state;
        Hint = hint;
    }

    /// <summary>Where it stands, where that is no equation; null for an equation.</summary>
    public SourceLocation? Place { get; init; }

    /// <summary>True where a part has no finite value for some of what its variables may be.</summary>
    public bool IsUnbounded { get; init; }

    /// <summary>State whose equation it is; null where it is another one.</summary>
    public ModelState? State { get; }

    /// <summary>What to do.</summary>
    public string Hint { get; }
}
