// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.IO;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Xunit;

namespace NeuroMCU.Cli.Tests
{
    /// <summary>The examples whose spikes come in volleys, run as their pages say: complete, and exit code 0.</summary>
    public sealed class ExampleTests
    {
        [Theory]
        [InlineData("alpha-synapse")]
        [InlineData("receptors")]
        [InlineData("synfire-ring")]
        [InlineData("thyristor-f-i")]
        [InlineData("motifs/f-i")]
        [InlineData("hybrid-bump")]
        public async Task An_example_runs_complete(string name)
        {
            CliRun run = await CliRun.Of("run", Example(name), "--json");
            Assert.Equal(0, run.Json.GetProperty("lost_spikes").GetInt64());
            Assert.Equal(0, (int)run.Code);
        }

        private static string Example(string name, [CallerFilePath] string here = "") =>
            Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "examples", name + ".yaml"));
    }
}
