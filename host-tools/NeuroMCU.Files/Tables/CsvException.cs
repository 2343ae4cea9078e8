// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Files.Tables;

/// <summary>Something in a table that cannot be used.</summary>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="Column">Character of the line, from 1.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What to do.</param>
public sealed record CsvFault(int Line, int Column, string Message, string Hint)
{
    /// <summary>The column whose cell it is, by the name that it was asked for with; empty when it is not about one cell.</summary>
    public string About { get; init; } = string.Empty;
}

/// <summary>A table cannot be used; carries the first faults, in the order of the file.</summary>
public sealed class CsvException : Exception
{
    /// <summary>Makes the exception from its faults.</summary>
    /// <param name="path">The file.</param>
    /// <param name="faults">One or more faults.</param>
    public CsvException(string path, IReadOnlyList<CsvFault> faults)
        : base(string.Join('\n',
            faults.Select(f => string.Create(CultureInfo.InvariantCulture, $"{path}:{f.Line}: {f.Message}; {f.Hint}"))))
    {
        Path = path;
        Faults = faults;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The faults.</summary>
    public IReadOnlyList<CsvFault> Faults { get; }
}
