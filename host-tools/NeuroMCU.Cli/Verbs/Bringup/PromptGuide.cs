// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration.Bringup;
using Spectre.Console;

namespace NeuroMCU.Cli.Verbs.Bringup;

/// <summary>Asks the user at a terminal before each stage of bring-up.</summary>
internal sealed class PromptGuide : IBringupGuide
{
    private readonly IAnsiConsole _console;

    /// <summary>Initializes a new instance of the <see cref="PromptGuide" /> class.</summary>
    public PromptGuide(IAnsiConsole console)
    {
        _console = console;
    }

    /// <inheritdoc />
    public async Task<(IReadOnlyList<double?> Volts, bool GoOn)> BeforeAsync(BringupStage stage, CancellationToken cancellation)
    {
        _console.WriteLine();
        _console.WriteLine($"Next: {stage.Name}. {stage.Does}");
        List<double?> volts = [];
        bool sound = true;
        foreach (MeterReading reading in stage.Readings)
        {
            volts.Add(await AskAsync(reading, cancellation));
            if (reading.Judge(volts[^1]) is { Passed: false, Advice: var advice })
            {
                sound = false;
                _console.WriteLine("  out of range; check: " + advice);
            }
        }

        return (volts, await new ConfirmationPrompt($"Begin with {Markup.Escape(stage.Name)}?") { DefaultValue = sound }.ShowAsync(_console,
            cancellation));
    }

    private async Task<double?> AskAsync(MeterReading reading, CancellationToken cancellation)
    {
        TextPrompt<string> prompt =
            new TextPrompt<string>(Markup.Escape($"  Multimeter, {reading.What} ({reading.Range}; empty when not measured):"))
            {
                AllowEmpty = true,
                Validator = typed => MeterReading.TryRead(typed, out _) ? ValidationResult.Success()
                    : ValidationResult.Error("  a voltage in V, for example 4.98"),
            };
        return MeterReading.TryRead(await prompt.ShowAsync(_console, cancellation), out double? volts) ? volts : null;
    }
}
