// NeuroMCU, MIT licence. See LICENSE in the repository root.

using PureHDF;

namespace NeuroMCU.Exchange.Tests;

/// <summary>NIR files as other programs write them: float32 arrays, old and new fields.</summary>
internal sealed class NirFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("neuromcu-nir-").FullName;

    public string Path(string name) => System.IO.Path.Combine(_folder, name);

    public static H5Group Node(string type, params (string Name, object Value)[] fields)
    {
        H5Group node = new() { ["type"] = type };
        foreach ((string name, object value) in fields)
        {
            node[name] = value;
        }

        return node;
    }

    public static H5Dataset Matrix(float[] values, params int[] shape) => new(values, fileDims: [.. shape.Select(s => (ulong)s)]);

    public static H5Group Graph((string Name, H5Group Node)[] nodes, params (string Source, string Target)[] edges)
    {
        H5Group inner = new();
        foreach ((string name, H5Group node) in nodes)
        {
            inner[name] = node;
        }

        return new H5Group
        {
            ["type"] = "NIRGraph",
            ["nodes"] = inner,
            ["edges"] = new H5Dataset(edges.SelectMany(e => new[] { e.Source, e.Target }).ToArray(), fileDims: [(ulong)edges.Length, 2]),
        };
    }

    public string Write(string name, H5Group graph)
    {
        new H5File { ["version"] = "0.2.0", ["node"] = graph }.Write(Path(name));
        return Path(name);
    }

    /// <summary>Input, weights, neurons, Output in a row.</summary>
    public string Chain(string name, H5Group weights, H5Group neurons, int inputs = 1, int outputs = 1) => Write(name, Graph(
        [("input", Node("Input", ("shape", new long[] { inputs }))), ("fc", weights), ("cells", neurons),
            ("output", Node("Output", ("shape", new long[] { outputs })))],
        ("input", "fc"), ("fc", "cells"), ("cells", "output")));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
