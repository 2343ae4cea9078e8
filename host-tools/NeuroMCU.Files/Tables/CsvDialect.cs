// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Files.Tables;

/// <summary>How a table is written, as far as it was found out.</summary>
/// <param name="Separator">What parts the cells; a blank stands for any number of blanks.</param>
/// <param name="Encoding">Name of the encoding.</param>
/// <param name="DecimalComma">Whether numbers are written with a comma instead of a point.</param>
public sealed record CsvDialect(char Separator, string Encoding, bool DecimalComma = false)
{
    /// <summary>The dialect in words: <c>cells parted by semicolons, decimal comma, UTF-8</c>.</summary>
    /// <returns>The words.</returns>
    public override string ToString()
    {
        string separator = Separator switch
        {
            ',' => "commas",
            ';' => "semicolons",
            '\t' => "tabs",
            '|' => "bars",
            _ => "blanks",
        };
        return "cells parted by " + separator + ", decimal " + (DecimalComma ? "comma" : "point") + ", " + Encoding;
    }
}
