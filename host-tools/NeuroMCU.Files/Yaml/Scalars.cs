// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Units;

namespace NeuroMCU.Files.Yaml;

/// <summary>Reads single values and says what is wrong with them; every method returns null after it has reported.</summary>
internal static class Scalars
{
    // More names than these hide what is wrong; they stand in the advice where no name is near.
    private const int MostListed = 8;

    /// <summary>A number with a unit of the dimension.</summary>
    /// <returns>The value in the dimension's base unit.</returns>
    public static double? Value(ReadContext context, Field field, Dimension dimension)
    {
        Quantity? quantity = Any(context, field, Example(dimension));
        if (quantity == null)
        {
            return null;
        }

        if (quantity.Value.Dimension == dimension)
        {
            return quantity.Value.Value;
        }

        ReportDimension(context, field, quantity.Value, dimension);
        return null;
    }

    /// <summary>A number with any unit, or none.</summary>
    /// <returns>The quantity.</returns>
    public static Quantity? Any(ReadContext context, Field field, string example)
    {
        string? text = field.Text;
        bool plain = !example.Any(char.IsLetter);
        if (text == null || !Quantity.TrySplit(text, out double number, out string symbol))
        {
            context.Error(field, "is " + field.Describe() + (plain ? ", expected a number" : ", expected a quantity"),
                QuantityHint.Of(text ?? string.Empty)
                ?? (plain ? "write a number such as `" : "write a number with its unit, such as `") + example + "`");
            return null;
        }

        if (symbol.Length == 0)
        {
            return new Quantity(number, Unit: null);
        }

        Unit? unit = Unit.Find(symbol);
        if (unit == null)
        {
            string? nearest = Suggestion.Nearest(symbol, Unit.All.Select(u => u.Symbol));
            string hint = QuantityHint.Of(text) is { } known ? known
                : plain ? "write a number without a unit, such as `" + example + "`"
                : nearest != null
                ? "did you mean `" + Number(number) + " " + nearest + "`?"
                : "units: " + string.Join(", ", Unit.All.Select(u => u.Symbol));
            context.Error(field, "is `" + text + "`: unknown unit `" + symbol + "`", hint, DiagnosticKind.Unit);
            return null;
        }

        return new Quantity(number, unit);
    }

    /// <summary>A time as whole microseconds, rounded to nearest.</summary>
    /// <param name="least">Least value in µs.</param>
    /// <param name="most">Largest value in µs.</param>
    /// <returns>The time in µs.</returns>
    public static int? Microseconds(ReadContext context, Field field, int least, int most)
    {
        double? value = Value(context, field, Dimension.Time);
        if (value == null)
        {
            return null;
        }

        double rounded = Math.Round(value.Value, MidpointRounding.AwayFromZero);
        if (rounded < least || rounded > most)
        {
            context.Error(field, "is " + field.Describe() + ", out of range", "write a time from " + Time(least) + " to " + Time(most));
            return null;
        }

        return (int)context.WholeMicroseconds(field, [value.Value], isWritten: true)[0];
    }

    /// <summary>A whole number.</summary>
    /// <returns>The number.</returns>
    public static long? Integer(ReadContext context, Field field, long least, long most)
    {
        string range = string.Create(CultureInfo.InvariantCulture, $"{least} to {most}");
        if (!long.TryParse(field.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
        {
            context.Error(field, "is " + field.Describe() + ", expected a whole number", "write a number from " + range);
            return null;
        }

        if (value < least || value > most)
        {
            context.Error(field, "is " + field.Describe() + ", out of range", "write a number from " + range);
            return null;
        }

        return value;
    }

    /// <summary>A number without unit.</summary>
    /// <returns>The number.</returns>
    public static double? Number(ReadContext context, Field field, double least, double most)
    {
        double? value = Value(context, field, Dimension.None);
        if (value is { } v && (v < least || v > most))
        {
            context.Error(field, "is " + field.Describe() + ", out of range",
                "write a number from " + Number(least) + " to " + Number(most));
            return null;
        }

        return value;
    }

    /// <summary>Yes or no.</summary>
    /// <returns>The answer.</returns>
    public static bool? Boolean(ReadContext context, Field field)
    {
        return Choice(context, field, "true", "false") switch
        {
            "true" => true,
            "false" => false,
            _ => null,
        };
    }

    /// <summary>One of a few words.</summary>
    /// <returns>The word.</returns>
    public static string? Choice(ReadContext context, Field field, params string[] words)
    {
        string? text = field.Text;
        if (text != null && words.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        if (words.Length == 0)
        {
            context.Error(field, "is " + field.Describe() + ", and there is none", "remove the line", DiagnosticKind.Name);
            return null;
        }

        string hint = Suggestion.Hint(text, words) ?? "write one of: " + string.Join(", ", words);
        string expected = words.Length > MostListed ? ", which is not one of the names known here"
            : ", expected " + string.Join(" or ", words.Select(w => "`" + w + "`"));
        context.Error(field, "is " + field.Describe() + expected, hint, DiagnosticKind.Name);
        return null;
    }

    /// <summary>Text that is not empty.</summary>
    /// <returns>The text.</returns>
    public static string? Text(ReadContext context, Field field, string expected)
    {
        if (!string.IsNullOrWhiteSpace(field.Text))
        {
            return field.Text;
        }

        context.Error(field, "is " + field.Describe() + ", expected " + expected, "write " + expected);
        return null;
    }

    /// <summary>Says that a quantity measures the wrong thing, or lacks its unit.</summary>
    public static void ReportDimension(ReadContext context, Field field, Quantity found, Dimension expected)
    {
        string number = Number(found.Number);
        if (expected == Dimension.None)
        {
            context.Error(field, "is `" + field.Text + "`, expected a pure number", "write `" + number + "`", DiagnosticKind.Unit);
        }
        else if (found.Dimension == Dimension.None)
        {
            IEnumerable<string> ways = Common(expected).Select(u => "`" + number + " " + u + "`");
            context.Error(field, "is `" + field.Text + "`: a " + Name(expected) + " needs a unit", "write " + string.Join(" or ", ways),
                DiagnosticKind.Unit);
        }
        else
        {
            // `mS` for `ms`: the unit that is meant differs in capitals only.
            string? meant = Unit.SymbolsOf(expected)
                .FirstOrDefault(u => string.Equals(u, found.Unit!.Symbol, StringComparison.OrdinalIgnoreCase));
            string hint = meant != null ? "did you mean `" + number + " " + meant + "`?"
                : "write a " + Name(expected) + " such as `" + Example(expected) + "`";
            context.Error(
                field,
                "is `" + field.Text + "`, which is a " + Name(found.Dimension) + ", expected a " + Name(expected),
                hint,
                DiagnosticKind.Unit);
        }
    }

    /// <summary>A number as it would be written in a file.</summary>
    /// <returns>Its shortest round-trip form.</returns>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Time(int microseconds)
    {
        return microseconds switch
        {
            0 => "0 ms",
            >= 1000000 => Number(microseconds / 1e6) + " s",
            >= 1000 => Number(microseconds / 1e3) + " ms",
            _ => Number(microseconds) + " us",
        };
    }

    private static string Example(Dimension dimension)
    {
        return dimension switch
        {
            Dimension.Time => "20 ms",
            Dimension.Frequency => "10 Hz",
            Dimension.Voltage => "15 mV",
            Dimension.Current => "50 uA",
            Dimension.Resistance => "2 kOhm",
            Dimension.Conductance => "10 nS",
            Dimension.Capacitance => "0.1 uF",
            Dimension.Charge => "20 nC",
            Dimension.Angle => "30 deg",
            Dimension.Length => "2 mm",
            _ => "0.8",
        };
    }

    private static string[] Common(Dimension dimension)
    {
        return dimension switch
        {
            Dimension.Time => ["ms", "us"],
            Dimension.Frequency => ["Hz", "kHz"],
            Dimension.Voltage => ["mV"],
            Dimension.Current => ["uA"],
            Dimension.Resistance => ["kOhm", "Ohm"],
            Dimension.Conductance => ["nS", "uS"],
            Dimension.Capacitance => ["uF", "nF"],
            Dimension.Charge => ["nC"],
            Dimension.Angle => ["deg"],
            _ => ["mm"],
        };
    }

    private static string Name(Dimension dimension)
    {
        return dimension switch
        {
            Dimension.Time => "time",
            Dimension.Frequency => "frequency",
            Dimension.Voltage => "voltage",
            Dimension.Current => "current",
            Dimension.Resistance => "resistance",
            Dimension.Conductance => "conductance",
            Dimension.Capacitance => "capacitance",
            Dimension.Charge => "charge",
            Dimension.Angle => "direction",
            Dimension.Length => "length",
            _ => "number",
        };
    }
}
