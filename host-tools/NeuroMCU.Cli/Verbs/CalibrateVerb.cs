// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using NeuroMCU.Cli.Calibrating;
using NeuroMCU.Cli.Errors;

namespace NeuroMCU.Cli.Verbs
{
    /// <summary><c>calibrate</c>: measures the neurons of a board, or fits measured data.</summary>
    internal static class CalibrateVerb
    {
        private static readonly Option<string> s_csv = new("--csv") { Description = "Fit measured data without a board: columns current_uA,rate_Hz[,height_V]", HelpName = "FILE.csv", Required = true };

        private static readonly Option<string> s_preset = new("--preset")
        {
            Description = "Component values that are known: bench, w23, w25, w25-33n",
            HelpName = "NAME",
            DefaultValueFactory = _ => "bench",
        };

        private static readonly Option<string?> s_capacitance = new("--capacitance") { Description = "Membrane capacitance, if not the preset's, such as \"0.1 uF\"", HelpName = "C" };

        private static readonly Option<string?> s_load = new("--load") { Description = "Load resistor, if not the preset's, such as \"2.2 kOhm\"", HelpName = "R" };

        private static readonly Option<string?> s_out = new("--out", "-o") { Description = "Write the report to this file", HelpName = "FILE.html" };

        public static Command Create(VerbRunner runner)
        {
            Command command = new Command("calibrate", "Fit the neurons of a board, or measured data, by the closed form") { s_csv, s_preset, s_capacitance, s_load, s_out };
            return runner.Bind(command, usesDevice: false, RunAsync);
        }

        private static Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
        {
            return Task.FromResult(CsvFit.Run(
                context,
                new CsvFitOptions(line.GetRequiredValue(s_csv), line.GetRequiredValue(s_preset), line.GetValue(s_capacitance), line.GetValue(s_load), line.GetValue(s_out))));
        }
    }
}
