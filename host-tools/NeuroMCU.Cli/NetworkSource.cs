// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Host.Compile;
using NeuroMCU.Host.Networks;

namespace NeuroMCU.Cli
{
    /// <summary>The network that a verb works on: read and compiled from a network file.</summary>
    internal static class NetworkSource
    {
        /// <summary>Argument for verbs that need a network file.</summary>
        public static Argument<string> Argument() => new("FILE") { Description = "Network file (YAML)" };

        /// <summary>Reads and compiles a network file, and passes its warnings on.</summary>
        /// <param name="context">Where warnings go.</param>
        /// <param name="path">The file.</param>
        /// <returns>The compiled network.</returns>
        public static CompiledNetwork Compile(VerbContext context, string path)
        {
            CompiledNetwork compiled = Compiler.Compile(NetworkFile.Load(path));
            foreach (Diagnostic warning in compiled.Report.Warnings)
            {
                context.Say("warning: " + warning);
            }

            return compiled;
        }
    }
}
