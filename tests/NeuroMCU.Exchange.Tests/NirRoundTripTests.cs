// NeuroMCU, MIT licence. See LICENSE in the repository root.

using FsCheck;
using FsCheck.Fluent;
using NeuroMCU.Exchange.Nir;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using PureHDF;

namespace NeuroMCU.Exchange.Tests;

public sealed class NirRoundTripTests : IDisposable
{
    private static readonly string[] s_types = ["LIF", "CubaLIF", "IF", "LI", "CubaLI", "I", "Threshold"];

    private readonly NirFiles _files = new();

    public void Dispose() => _files.Dispose();

    // NIR -> network file -> NIR -> network file: the second network is the first, neuron by neuron and synapse by synapse.
    [Fact]
    public void What_was_imported_exports_as_it_was()
    {
        Gen<(int Seed, string Type)> cases = from seed in Gen.Choose(0, 1 << 20) from type in Gen.Elements(s_types) select (seed, type);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            Network first = Load(Random(c.Seed, c.Type), "first");
            string again = _files.Path("again.nir");
            using (FileStream stream = File.Create(again))
            {
                NirExport.Write(first, stream);
            }

            Network second = Load(again, "second");
            Assert.Equal(first.Step, second.Step);
            Assert.Equal(Synapses(first), Synapses(second));
            foreach ((Population a, Population b) in first.Populations.Zip(second.Populations).Where(p => !p.First.IsSource))
            {
                Assert.Equal(a.ModelName, b.ModelName);
                string[] names = [.. a.Equations!.Model.Parameters.Select(p => p.Name)];
                foreach (string name in names)
                {
                    for (int i = 0; i < a.Size; i++)
                    {
                        double expected = a.Equations.Value(name, i);
                        Assert.Equal(expected, b.Equations!.Value(name, i), 1e-9 * Math.Max(1, Math.Abs(expected)));
                    }
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(15));
    }

    private string Random(int seed, string type)
    {
        Random random = new(seed);
        int inputs = random.Next(1, 4);
        int cells = random.Next(1, 5);
        double[] Each(double low, double high) => [.. Enumerable.Range(0, cells)
            .Select(_ => (float)(low + (high - low) * random.NextDouble()))];
        double[] tau = Each(0.002, 0.02);
        double[] tauSyn = Each(0.002, 0.02);
        (string, object)[] membrane = [("tau", tau), ("r", Array.ConvertAll(tau, t => t / 1e-4)), ("v_leak", Each(-0.2, 0.2))];
        (string, object)[] currents = [("tau_mem", tau), ("tau_syn", tauSyn), ("r", Array.ConvertAll(tau, t => t / 1e-4)),
            ("v_leak", Each(-0.2, 0.2)), ("w_in", Array.ConvertAll(tauSyn, t => t / 1e-4))];
        (string, object)[] fires = [("v_threshold", Each(1, 2)), ("v_reset", Each(-1, 0.5))];
        H5Group node = NirFiles.Node(type, type switch
        {
            "LIF" => [.. membrane, .. fires],
            "LI" => membrane,
            "CubaLIF" => [.. currents, .. fires],
            "CubaLI" => currents,
            "IF" => [("r", Each(10, 100)), .. fires],
            "I" => [("r", Each(10, 100))],
            _ => [("threshold", Each(0.1, 2))],
        });
        float[] weights = [.. Enumerable.Range(0, inputs * cells)
            .Select(_ => random.Next(4) == 0 ? 0f : (float)(random.NextDouble() * 4 - 2))];
        return _files.Chain("random.nir", NirFiles.Node("Affine", ("weight", NirFiles.Matrix(weights, cells, inputs)),
            ("bias", Each(-0.1, 0.1))), node, inputs, cells);
    }

    private Network Load(string path, string name)
    {
        NirImport import = NirImport.Read(path, name, new NirOptions());
        Directory.CreateDirectory(_files.Path(name + "-weights"));
        foreach ((string table, string text) in import.Tables)
        {
            File.WriteAllText(_files.Path(table), text);
        }

        return NetworkFile.Parse(import.Text, _files.Path(name + ".yaml"));
    }

    private static IEnumerable<(int, int, int, double)> Synapses(Network network) =>
        network.Projections.SelectMany(p => p.Connections).Select(c => (c.Pre, c.Post, c.Delay, c.Weight)).Order();
}
