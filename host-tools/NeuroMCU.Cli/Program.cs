// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Threading.Tasks;

namespace NeuroMCU.Cli
{
    /// <summary>Entry point of <c>neuromcu</c>.</summary>
    internal static class Program
    {
        private static async Task<int> Main(string[] arguments)
        {
            return (int)await Application.RunAsync(arguments, CliEnvironment.OfProcess());
        }
    }
}
