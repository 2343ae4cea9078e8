// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using NeuroMCU.Cli.Errors;

namespace NeuroMCU.Cli.Tests
{
    /// <summary>One call of the program inside the test: what it printed and returned.</summary>
    internal sealed record CliRun(ExitCode Code, string Out, string Error)
    {
        public JsonElement Json => JsonDocument.Parse(Out).RootElement;

        /// <summary>Runs a command line as a shell without a terminal would.</summary>
        public static Task<CliRun> Of(params string[] arguments) => Of(new Dictionary<string, string>(), CancellationToken.None, arguments);

        /// <summary>Runs a command line with variables set, and cancels it as Ctrl-C would.</summary>
        public static async Task<CliRun> Of(IReadOnlyDictionary<string, string> variables, CancellationToken cancellation, params string[] arguments)
        {
            StringWriter output = new StringWriter();
            StringWriter error = new StringWriter();
            CliEnvironment environment = new CliEnvironment
            {
                Out = output,
                Error = error,
                Variable = name => variables.TryGetValue(name, out string? value) ? value : null,
            };
            ExitCode code = await Application.RunAsync(arguments, environment, cancellation);
            return new CliRun(code, output.ToString(), error.ToString());
        }
    }
}
