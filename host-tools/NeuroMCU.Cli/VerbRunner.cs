// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using NeuroMCU.Cli.Errors;

namespace NeuroMCU.Cli
{
    /// <summary>Gives every verb the common options and turns its failures into messages and exit codes.</summary>
    internal sealed class VerbRunner
    {
        private readonly CliEnvironment _environment;

        private readonly Option<bool> _json = new("--json") { Description = "Print the result as one JSON document on standard output" };

        private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "No progress and no messages on standard error" };

        private readonly Option<bool> _noColor = new("--no-color") { Description = "No colours (as does the variable NO_COLOR)" };

        private readonly Option<bool> _debug = new("--debug") { Description = "Show where an error comes from" };

        private readonly Option<string?> _device = new("--device", "-d")
        {
            Description = "Device: virtual, virtual:ideal, serial:PATH, id:USB-SERIAL or tcp://HOST[:PORT] "
                + "(default: $NEUROMCU_DEVICE, else the virtual bench)",
            HelpName = "ADDRESS",
        };

        private readonly Option<string?> _keyFile = new("--key-file")
        {
            Description = "File with the device's pre-shared key (default: $NEUROMCU_KEY_FILE, $NEUROMCU_KEY, ~/.config/neuromcu/key)",
            HelpName = "FILE",
        };

        public VerbRunner(CliEnvironment environment)
        {
            _environment = environment;
        }

        /// <summary>What a verb does.</summary>
        public delegate Task<ExitCode> Body(VerbContext context, ParseResult line, CancellationToken cancellation);

        /// <summary>Adds the common options to a verb and sets what it does.</summary>
        /// <param name="command">The verb, with its own arguments and options.</param>
        /// <param name="usesDevice">Whether it takes --device and --key-file.</param>
        /// <param name="body">What it does.</param>
        /// <returns>The verb.</returns>
        public Command Bind(Command command, bool usesDevice, Body body)
        {
            if (usesDevice)
            {
                command.Add(_device);
                command.Add(_keyFile);
            }

            command.Add(_json);
            command.Add(_quiet);
            command.Add(_noColor);
            command.Add(_debug);
            command.SetAction(async (line, cancellation) => (int)await RunAsync(line, usesDevice, body, cancellation));
            return command;
        }

        private async Task<ExitCode> RunAsync(ParseResult line, bool usesDevice, Body body, CancellationToken cancellation)
        {
            VerbContext context = new VerbContext(
                _environment,
                line.GetValue(_json),
                line.GetValue(_quiet),
                color: !line.GetValue(_noColor) && string.IsNullOrEmpty(_environment.Variable("NO_COLOR")),
                line.GetValue(_debug),
                usesDevice ? line.GetValue(_device) : null,
                usesDevice ? line.GetValue(_keyFile) : null);
            try
            {
                return await body(context, line, cancellation);
            }
            catch (Exception fault)
            {
                CliException problem = Problems.Explain(fault, cancellation.IsCancellationRequested);
                ErrorReport.Write(_environment, problem, context.Json, context.Debug, context.Messages);
                return problem.Code;
            }
        }
    }
}
