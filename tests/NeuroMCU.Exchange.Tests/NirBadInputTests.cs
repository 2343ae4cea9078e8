// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Cli.Errors;
using PureHDF;

namespace NeuroMCU.Exchange.Tests;

/// <summary>A bad NIR file is refused with file, place, value and next step, and nothing is written.</summary>
public sealed class NirBadInputTests : IDisposable
{
    private readonly NirFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public Task A_node_that_is_not_known() => Refused(
        _files.Chain("bad.nir", Linear(1, 1), NirFiles.Node("SpikingTransformer", ("heads", 8L))), ExitCode.NetworkName,
        "/node/nodes/cells/type: node 'cells' is of the type 'SpikingTransformer', which is not known here");

    [Fact]
    public Task A_field_that_is_missing() => Refused(
        _files.Chain("bad.nir", Linear(1, 1), NirFiles.Node("LIF", ("tau", new[] { 0.1 }), ("r", new[] { 1.0 }),
            ("v_leak", new[] { 0.0 }))),
        ExitCode.NetworkName, "/node/nodes/cells: has no dataset 'v_threshold' (it has ");

    [Fact]
    public Task A_matrix_for_another_number_of_inputs() => Refused(
        _files.Chain("bad.nir", Linear(1, 5), Lif(1), inputs: 4), ExitCode.NetworkFile,
        "fc: Linear is made for 5 values, and 4 arrive from input");

    [Fact]
    public Task A_matrix_for_another_number_of_neurons() => Refused(
        _files.Chain("bad.nir", Linear(3, 4), Lif(2), inputs: 4), ExitCode.NetworkFile,
        "cells: LIF has 2 neurons, and 3 values arrive from input");

    [Fact]
    public Task A_field_of_another_size_than_the_others() => Refused(
        _files.Chain("bad.nir", Linear(3, 1), NirFiles.Node("LIF", ("tau", new[] { 0.1, 0.1 }), ("r", new double[] { 1, 1, 1 }),
            ("v_leak", new double[3]), ("v_threshold", new double[] { 1, 1, 1 }))),
        ExitCode.NetworkFile, "/node/nodes/cells/tau: has the shape (2), and the node 3 neurons");

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public Task A_weight_that_is_no_number(float value, string shown) => Refused(
        _files.Chain("bad.nir", NirFiles.Node("Linear", ("weight", NirFiles.Matrix([1, 2, 3, value, 5, 6], 2, 3))), Lif(2), inputs: 3),
        ExitCode.NetworkWeight, $"/node/nodes/fc/weight: value [1, 0] is {shown} (1 of 6 are no finite numbers)");

    [Fact]
    public Task A_time_constant_that_is_none() => Refused(
        _files.Chain("bad.nir", Linear(1, 1), NirFiles.Node("LIF", ("tau", new[] { -0.01 }), ("r", new[] { 1.0 }),
            ("v_leak", new[] { 0.0 }),
            ("v_threshold", new[] { 1.0 }))), ExitCode.NetworkFile, "/node/nodes/cells/tau: value [0] is -0.01 s");

    [Fact]
    public Task A_delay_that_is_none() => Refused(
        _files.Chain("bad.nir", NirFiles.Node("Delay", ("delay", new[] { 1.5 })), Lif(1)), ExitCode.NetworkDelay,
        "fc/delay: value 0 is 1.5 s");

    [Fact]
    public Task An_edge_to_nowhere() => Refused(
        _files.Write("bad.nir", NirFiles.Graph([("input", NirFiles.Node("Input", ("shape", new long[] { 1 }))), ("cells", Lif(1))],
            ("input", "cels"))), ExitCode.NetworkName,
            "/node/edges: edge 0 names 'cels', which is no node of this graph (it has cells, input)");

    [Fact]
    public Task A_loop_without_time() => Refused(
        _files.Write("bad.nir", NirFiles.Graph(
            [("input", NirFiles.Node("Input", ("shape", new long[] { 1 }))), ("a", Linear(1, 1)), ("b", Linear(1, 1)), ("cells", Lif(1))],
            ("input", "a"), ("a", "b"), ("b", "a"), ("b", "cells"))), ExitCode.NetworkFile,
            "is part of a loop in which nothing takes time");

    [Fact]
    public Task A_value_where_spikes_travel() => Refused(
        _files.Write("bad.nir", NirFiles.Graph(
            [("input", NirFiles.Node("Input", ("shape", new long[] { 1 }))),
                ("li", NirFiles.Node("LI", ("tau", new[] { 0.01 }), ("r", new[] { 1.0 }), ("v_leak", new[] { 0.0 }))), ("cells", Lif(1))],
            ("input", "li"), ("li", "cells"))), ExitCode.NetworkFile, "li: LI does not fire, and its value goes on to cells");

    [Fact]
    public Task A_convolution_that_is_too_large() => Refused(
        _files.Write("bad.nir", NirFiles.Graph(
            [("input", NirFiles.Node("Input", ("shape", new long[] { 2, 34, 34 }))),
                ("conv", NirFiles.Node("Conv2d", ("input_shape", new long[] { 34, 34 }),
                    ("weight", NirFiles.Matrix(new float[16 * 2 * 25], 16, 2, 5, 5)),
                    ("stride", new long[] { 2, 2 }), ("padding", new long[] { 1, 1 }), ("dilation", new long[] { 1, 1 }), ("groups", 1L),
                    ("bias", new float[16]))),
                ("cells", Lif(4096))],
            ("input", "conv"), ("conv", "cells"))), ExitCode.TooBig,
        "conv: Conv2d would unfold to 204 800 synapses onto 4 096 values (16 channels of 16 by 16); at most 200 000 are unfolded");

    // What it unfolds to comes before what is too large as well: its input and its neurons.
    [Fact]
    public Task A_convolution_of_a_large_image() => Refused(
        _files.Write("bad.nir", NirFiles.Graph(
            [("input", NirFiles.Node("Input", ("shape", new long[] { 2, 128, 128 }))),
                ("conv", NirFiles.Node("Conv2d", ("input_shape", new long[] { 128, 128 }),
                    ("weight", NirFiles.Matrix(new float[8 * 2 * 25], 8, 2, 5, 5)),
                    ("stride", new long[] { 1, 1 }), ("padding", new long[] { 2, 2 }), ("dilation", new long[] { 1, 1 }), ("groups", 1L),
                    ("bias", new float[8]))),
                ("cells", Lif(131_072))],
            ("input", "conv"), ("conv", "cells"))), ExitCode.TooBig,
        "conv: Conv2d would unfold to 6 553 600 synapses onto 131 072 values");

    [Fact]
    public Task A_population_that_is_too_large() => Refused(
        _files.Write("bad.nir", NirFiles.Graph([("input", NirFiles.Node("Input", ("shape", new long[] { 70, 70 })))], [])), ExitCode.TooBig,
        "input: Input has 4 900 neurons, and a population at most 4 096");

    [Fact]
    public async Task A_matrix_of_three_gigabytes_that_is_only_declared()
    {
        string path = _files.Chain("bad.nir", Linear(3, 5), Lif(3), inputs: 5);
        byte[] bytes = File.ReadAllBytes(path);
        int at = bytes.AsSpan().IndexOf(new byte[] { 3, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0 });
        BitConverter.TryWriteBytes(bytes.AsSpan(at), 30_000L);
        BitConverter.TryWriteBytes(bytes.AsSpan(at + 8), 26_844L);
        File.WriteAllBytes(path, bytes);
        await Refused(path, ExitCode.TooBig, "/node/nodes/fc/weight: has the shape (30000, 26844), 3 GB; at most ");
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.7)]
    [InlineData(0.99)]
    public async Task A_file_that_is_cut_off(double share)
    {
        string path = _files.Chain("bad.nir", Linear(3, 5), Lif(3), inputs: 5);
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(int)(share * bytes.Length)]);
        await Refused(path, ExitCode.NetworkFile, "the HDF5 file is cut off: it says that it ends at byte");
    }

    [Fact]
    public async Task Bytes_that_were_changed_are_refused_or_change_nothing_but_numbers()
    {
        string path = _files.Chain("bad.nir", Linear(2, 2), Lif(2), inputs: 2);
        byte[] bytes = File.ReadAllBytes(path);
        Random random = new(11);
        for (int i = 0; i < 60; i++)
        {
            byte[] damaged = [.. bytes];
            damaged[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, damaged);
            (ExitCode code, _, string error) = await Program.Run("import", path, "--out", _files.Path("out.yaml"), "--json");
            Assert.True(code != ExitCode.Unexpected, $"try {i}: {error}");
        }
    }

    private static H5Group Linear(int rows, int columns) =>
        NirFiles.Node("Linear", ("weight", NirFiles.Matrix([.. Enumerable.Range(1, rows * columns).Select(i => i * 0.1f)], rows, columns)));

    private static H5Group Lif(int size)
    {
        double[] All(double value) => [.. Enumerable.Repeat(value, size)];
        return NirFiles.Node("LIF", ("tau", All(0.01)), ("r", All(100)), ("v_leak", All(0)), ("v_threshold", All(1)));
    }

    private async Task Refused(string path, ExitCode expected, string message)
    {
        string target = _files.Path("out.yaml");
        (ExitCode code, string text, string error) = await Program.Run("import", path, "--out", target);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Contains(path, error, StringComparison.Ordinal);
        Assert.Contains("next: ", error, StringComparison.Ordinal);
        Assert.Equal(expected, code);
        Assert.Empty(text);
        Assert.False(File.Exists(target));
        Assert.False(Directory.Exists(_files.Path("out-weights")));
    }
}
