// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace NeuroMCU.Cli.Inputs;

/// <summary>
/// Reads the numbers of a command line alike in every country: with a decimal point, and nothing between thousands. The parser of the
/// command line itself reads 2,5 as 25.
/// </summary>
internal static class NumberOptions
{
    /// <summary>Makes all options of a verb whose values are numbers read them so.</summary>
    public static void Apply(Command command)
    {
        foreach (Option option in command.Options)
        {
            switch (option)
            {
                case Option<double> number:
                    number.CustomParser = result => Read<double>(result) ?? 0;
                    break;
                case Option<double?> number:
                    number.CustomParser = result => Read<double>(result);
                    break;
                case Option<int> number:
                    number.CustomParser = result => Read<int>(result) ?? 0;
                    break;
                case Option<int?> number:
                    number.CustomParser = result => Read<int>(result);
                    break;
                case Option<long> number:
                    number.CustomParser = result => Read<long>(result) ?? 0;
                    break;
                case Option<long?> number:
                    number.CustomParser = result => Read<long>(result);
                    break;
            }
        }
    }

    /// <summary>Refuses values of an option that lie outside a range.</summary>
    /// <returns>The same option.</returns>
    public static Option<T> Within<T>(this Option<T> option, double low, double high, string what)
    {
        option.Validators.Add(result =>
        {
            string text = result.Tokens.Count == 0 ? string.Empty : result.Tokens[^1].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                && !(number >= low && number <= high))
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture,
                    $"{option.Name} is '{text}', expected {what} from {low} to {high}"));
            }
        });
        return option;
    }

    /// <summary>Says what a comma in a number should be.</summary>
    /// <returns>A sentence that names the comma; null when there is none.</returns>
    public static string? AboutComma(string text) =>
        text.Contains(',', StringComparison.Ordinal)
            ? $"the comma in '{text}' belongs into no number: write a decimal point, as in {text.Replace(',', '.')}, and nothing "
            + $"between thousands"
            : null;

    private static T? Read<T>(ArgumentResult result)
        where T : struct, INumber<T>
    {
        string text = result.Tokens.Count == 0 ? string.Empty : result.Tokens[^1].Value;
        if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T number) && T.IsFinite(number))
        {
            return number;
        }

        string name = (result.Parent as OptionResult)?.Option.Name ?? "the number";
        string kind = T.IsInteger(T.CreateChecked(1) / T.CreateChecked(2)) ? "a whole number" : "a number";
        result.AddError($"{name} is '{text}', expected {kind}" + (AboutComma(text) is { } comma ? "; " + comma : string.Empty));
        return null;
    }
}
