// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Networks.Reading;

/// <summary>What a waveform is added to: an input of a text, or the drive of other neurons.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Input">Number of the input in the text; 0 for a drive.</param>
/// <param name="Dimension">What it measures.</param>
/// <param name="Unit">The unit in which it is shown.</param>
internal sealed record WaveTarget(string Name, int Input, PhysicalDimension Dimension, DisplayUnit Unit)
{
    /// <summary>A value as it is written.</summary>
    public string Example => Unit.Text(Unit.Scale);

    /// <summary>SI units per base unit of network files.</summary>
    public double Base => Dimension.Kind is { } kind ? DisplayUnit.BaseOf(kind) : 1;

    /// <summary>An input of a text.</summary>
    /// <returns>The target.</returns>
    public static WaveTarget Of(ModelInput input, int number) => new(input.Name, number, input.Dimension, input.Unit);

    /// <summary>The drive of neurons that are no text.</summary>
    /// <returns>The target.</returns>
    public static WaveTarget Of(Population population)
    {
        string symbol = population.DriveDimension switch
        {
            Files.Units.Dimension.Voltage => "mV",
            Files.Units.Dimension.Current => "uA",
            _ => "1",
        };
        return UnitText.TryParse(symbol, out UnitText unit) ? new("drive", 0, unit.Dimension, new DisplayUnit(symbol, unit.Scale))
            : new("drive", 0, default, new DisplayUnit("1", 1));
    }

    /// <summary>Reads amplitudes.</summary>
    /// <returns>One value, or one per neuron, in SI units; null after a report.</returns>
    public double[]? Values(ReadContext context, Field field, int count)
        => EquationPopulationReader.Values(context, field, Dimension, Unit, count);
}
