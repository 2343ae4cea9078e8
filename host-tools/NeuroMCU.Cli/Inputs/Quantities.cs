// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Cli.Errors;
using NeuroMCU.Files.Units;

namespace NeuroMCU.Cli.Inputs;

/// <summary>Quantities on the command line, written as in network files: <c>"200 ms"</c>, <c>1s</c>, <c>"14 mV"</c>.</summary>
internal static class Quantities
{
    /// <summary>Reads a time.</summary>
    /// <returns>The time in µs, at least 0.</returns>
    public static long Time(string text, string what)
    {
        double value = Value(text, Dimension.Time, what, "200 ms");
        if (value is not (>= 0 and < long.MaxValue / 2))
        {
            throw new CliException(ExitCode.Usage, $"{what} is '{text}'", "a time cannot be negative",
                $"write a time such as {what} \"200 ms\"");
        }

        return Quantity.IsWhole(value) ? (long)Math.Round(value)
            : throw new CliException(ExitCode.Usage, $"{what} is '{text}'", "the device counts whole microseconds",
                FormattableString.Invariant($"write a whole number of them: {what} \"{Math.Round(value)} us\""));
    }

    /// <summary>Reads how long a run lasts. Zero is refused: for a device it means without end.</summary>
    /// <returns>The time in µs, at least 1.</returns>
    public static long Duration(string text, string what)
    {
        long time = Time(text, what);
        return time > 0 ? time : throw new CliException(ExitCode.Usage, $"{what} is '{text}'", "a run lasts 1 us at least",
            $"write a time such as {what} \"200 ms\"");
    }

    /// <summary>Reads a weight.</summary>
    /// <param name="unit">Unit that the projection has: <c>mV</c>, <c>nC</c> for circuits, or <c>1</c> for pure numbers.</param>
    /// <returns>The weight in that unit.</returns>
    public static double Weight(string text, string unit) =>
        unit switch
        {
            "mV" => Value(text, Dimension.Voltage, "the weight", "14 mV"),
            "nC" => Value(text, Dimension.Charge, "the weight", "20 nC"),
            _ => Value(text, Dimension.None, "the weight", "0.8"),
        };

    /// <summary>Reads a quantity that must be above 0.</summary>
    /// <returns>The value in the dimension's base unit.</returns>
    public static double Positive(string text, Dimension dimension, string what, string example)
    {
        double value = Value(text, dimension, what, example);
        return value > 0 ? value : throw new CliException(ExitCode.Usage, $"{what} is '{text}'", "it must be above 0",
            $"write it such as {what} \"{example}\"");
    }

    private static double Value(string text, Dimension dimension, string what, string example)
    {
        if (NumberOptions.AboutComma(text) is { } comma)
        {
            throw new CliException(ExitCode.Usage, $"{what} is '{text}'", comma, $"write it such as \"{example}\"");
        }

        if (!Quantity.TrySplit(text, out double number, out string symbol))
        {
            throw new CliException(ExitCode.Usage, $"{what} is '{text}'", "that is no quantity", $"write it such as \"{example}\"");
        }

        Unit? unit = symbol.Length == 0 ? null : Unit.Find(symbol);
        if (symbol.Length > 0 && unit is null)
        {
            throw new CliException(
                ExitCode.Usage, $"{what} is '{text}'", $"there is no unit '{symbol}'", QuantityHint.Of(text)
                ?? Suggestion.Hint(symbol, Unit.SymbolsOf(dimension), '\'') ?? $"write it such as \"{example}\"");
        }

        Quantity quantity = new Quantity(number, unit);
        if (quantity.Dimension == dimension)
        {
            return quantity.Value;
        }

        string why = dimension == Dimension.None ? "this network's weights are pure numbers"
            : unit is null ? "a bare number does not say what it measures"
            : "that is the wrong kind of unit";
        string units = string.Join(", ", Unit.SymbolsOf(dimension).Where(u => u.All(char.IsAscii)));
        throw new CliException(ExitCode.Usage, $"{what} is '{text}'", why, dimension == Dimension.None ? $"write it such as \"{example}\""
            : $"write a unit ({units}), such as \"{example}\"");
    }
}
