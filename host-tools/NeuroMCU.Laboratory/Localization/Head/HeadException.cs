// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Localization.Head;

/// <summary>A measured head cannot be read. The message says why and what to install or change.</summary>
public sealed class HeadException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="HeadException" /> class.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    public HeadException(string message)
        : base(message)
    {
    }
}
