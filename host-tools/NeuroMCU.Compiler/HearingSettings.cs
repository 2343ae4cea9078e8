// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Units;
using NeuroMCU.Networks;

namespace NeuroMCU.Compiler;

/// <summary>Takes the parameters of a microphone front end by name, and in the end reports those that nobody asked for.</summary>
internal sealed class HearingSettings
{
    private readonly MicrophonePair _hearing;
    private readonly ICollection<Diagnostic> _report;
    private readonly List<string> _known = [];

    /// <summary>Opens the parameters of a front end.</summary>
    public HearingSettings(MicrophonePair hearing, ICollection<Diagnostic> report)
    {
        _hearing = hearing;
        _report = report;
    }

    /// <summary>A single value.</summary>
    /// <param name="least">Least value in the dimension's base unit.</param>
    /// <returns>The value; the standard after a report.</returns>
    public double One(string name, Dimension dimension, double least, double most, double standard)
    {
        HearingSetting? setting = Find(name);
        return setting != null && Check(setting, 1, dimension, least, most) ? setting.Values[0].Value : standard;
    }

    /// <summary>One value per band.</summary>
    /// <param name="least">Least value in the dimension's base unit.</param>
    /// <returns>The values; empty after a report.</returns>
    public double[] PerBand(string name, Dimension dimension, double least, double most)
    {
        HearingSetting? setting = Find(name);
        if (setting == null)
        {
            _report.Add(Diagnostic.At(_hearing.Location, "`parameters." + name + "` is missing",
                "write a list with one value per band, as examples/sound-localization/network.yaml does"));
            return [];
        }

        return Check(setting, _hearing.Left.Size, dimension, least, most) ? setting.Values.Select(v => v.Value).ToArray() : [];
    }

    /// <summary>Reports every parameter that was not asked for.</summary>
    public void Finish()
    {
        foreach (HearingSetting setting in _hearing.Settings.Where(s => !_known.Contains(s.Name, StringComparer.Ordinal)))
        {
            string hint = Suggestion.Hint(setting.Name, _known) ?? "known here: " + string.Join(", ", _known);
            _report.Add(Diagnostic.At(setting.Location, "unknown parameter `" + setting.Name + "`", hint, DiagnosticKind.Name));
        }
    }

    private HearingSetting? Find(string name)
    {
        _known.Add(name);
        return _hearing.Settings.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.Ordinal));
    }

    private bool Check(HearingSetting setting, int count, Dimension dimension, double least, double most)
    {
        if (setting.Values.Count != count)
        {
            _report.Add(Diagnostic.At(
                setting.Location,
                string.Create(CultureInfo.InvariantCulture, $"has {setting.Values.Count} values, expected {count}"),
                count == 1 ? "write one value" : "write one value per band: `" + _hearing.Left.Name + "` has one neuron for each"));
            return false;
        }

        string unit = Unit.All.FirstOrDefault(u => u.Dimension == dimension && u.Scale.Equals(1.0))?.Symbol ?? string.Empty;
        foreach (Quantity value in setting.Values)
        {
            if (value.Dimension != dimension || value.Value < least || value.Value > most)
            {
                _report.Add(Diagnostic.At(
                    setting.Location,
                    string.Create(CultureInfo.InvariantCulture, $"is `{value.Number} {value.Unit?.Symbol}`")
                    .Replace(" `", "`", StringComparison.Ordinal),
                    string.Create(CultureInfo.InvariantCulture, $"write values from {least} to {most} {unit}").TrimEnd(),
                    value.Dimension != dimension ? DiagnosticKind.Unit : DiagnosticKind.Other));
                return false;
            }
        }

        return true;
    }
}
