// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Networks.Equations;
using NeuroMCU.Networks.Reading;

namespace NeuroMCU.Laboratory.Tests.Equations;

public sealed class PoleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("poles").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Whatever the compiler would make of the term, a table or a quotient, the cause is named and not what it fails on.
    [Theory]
    [InlineData("(I - v)/(tau*(v/(1 mV)))", "(tau*(v/(1 mV)))")]
    [InlineData("(I - v)/tau/(v/(1 mV) + 3)", "(v/(1 mV) + 3)")]
    [InlineData("(I - v)/tau + (2 mV)/(tau*(I/(1 mV)))", "(tau*(I/(1 mV)))")]
    [InlineData("(I - v)/(tau*((v - I)/(1 mV)))", "(tau*((v - I)/(1 mV)))")]
    public void A_divisor_that_may_be_0_is_named_with_its_range(string rate, string divisor)
    {
        string path = Path.Combine(_folder, "pole.yaml");
        File.WriteAllText(path, $$"""
            neuromcu-model: 1
            name: pole
            parameters:
              tau: {default: 20 ms, range: [1 ms, 1 s]}
            inputs:
              I: {unit: mV, default: 16 mV, range: [-100 mV, 100 mV]}
            state:
              v: {unit: mV, start: 0 mV, range: [-200 mV, 50 mV]}
            equations: dv/dt = {{rate}}
            """);
        string network = "neuromcu: 1\npopulations:\n  cells: {model: " + path + ", size: 1}\n";

        Diagnostic found = Assert.Throws<NetworkFileException>(
            () => NetworkCompiler.Compile(NetworkFile.Parse(network, Path.Combine(_folder, "net.yaml")))).Diagnostics[0];

        Assert.Equal((9, 20 + rate.IndexOf(divisor, StringComparison.Ordinal)), (found.Line, found.Column));
        Assert.Contains("divides by `" + divisor + "`", found.Message, StringComparison.Ordinal);
        Assert.Contains("may be 0", found.Message, StringComparison.Ordinal);
        Assert.Contains("narrow the `range` of `", found.Hint, StringComparison.Ordinal);
    }
}
