// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text.RegularExpressions;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Networks;

namespace NeuroMCU.Cli.Inputs;

/// <summary>The values that a parameter of a network goes through: <c>NAME=FIRST..LAST:STEP UNIT</c>, or a list with commas.</summary>
internal sealed record ParameterRange(string Name, string Unit, IReadOnlyList<double> Values)
{
    private const int Most = 1000;

    /// <summary>Gets the name with its unit, for axes and heads.</summary>
    public string Label => Unit.Length == 0 ? Name : $"{Name} ({Unit})";

    /// <summary>Reads a range.</summary>
    /// <returns>The range.</returns>
    /// <exception cref="CliException">It is none.</exception>
    public static ParameterRange Parse(string text)
    {
        NetworkSetting? setting = NetworkSetting.Parse(text);
        Match range = Regex.Match(setting?.Value ?? string.Empty,
            @"^(?<first>[-+.\d eE]+?)\s*\.\.\s*(?<last>[-+.\deE]+)\s*:\s*(?<step>[.\deE]+)\s*(?<unit>.*)$");
        Match list = Regex.Match(setting?.Value ?? string.Empty, @"^(?<values>[-+.\deE]+(?:\s*,\s*[-+.\deE]+)*)\s*(?<unit>[^\d,]*)$");
        double[] values = range.Success && Number(range.Groups["first"].Value, out double first)
            && Number(range.Groups["last"].Value, out double last) && Number(range.Groups["step"].Value, out double step) && step > 0
            && last >= first && (last - first) / step < Most
            ? [.. Enumerable.Range(0, (int)Math.Floor(((last - first) / step) + 1e-9) + 1).Select(i => first + (i * step))]
            : list.Success && list.Groups["values"].Value.Split(',') is { Length: <= Most } parts && parts.All(p => Number(p.Trim(), out _))
            ? [.. parts.Select(p => double.Parse(p.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture))]
            : throw new CliException(
                ExitCode.Usage,
                $"--sweep is '{text}'",
                $"it is no NAME=FIRST..LAST:STEP UNIT and no NAME=VALUE,VALUE UNIT with at most {Most} values",
                "write it such as --sweep \"populations.cells.bias=40..90:5 uA\" or --sweep \"populations.cells.size=10,20,40\"");
        return new ParameterRange(setting!.Name, (range.Success ? range : list).Groups["unit"].Value.Trim(), values);
    }

    /// <summary>The setting of one point.</summary>
    /// <param name="value">One of <see cref="Values" />.</param>
    /// <returns>The setting.</returns>
    public NetworkSetting At(double value) => new(Name, Text(value) + (Unit.Length == 0 ? string.Empty : " " + Unit));

    /// <summary>A value as text, without the noise of its last bits.</summary>
    /// <param name="value">One of <see cref="Values" />.</param>
    /// <returns>The text.</returns>
    public static string Text(double value) => value.ToString("G12", CultureInfo.InvariantCulture);

    private static bool Number(string text, out double value)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
