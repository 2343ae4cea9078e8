// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using System.Globalization;
using NeuroMCU.Exchange.Recordings;
using NeuroMCU.Recordings;
using PureHDF;

namespace NeuroMCU.Exchange.Tests;

/// <summary>
/// NWB files against the rules of the NWB core schema 2.7.0 and of hdmf-common 1.8.0 for the types that are written (nwb.file.yaml,
/// nwb.base.yaml, nwb.misc.yaml, nwb.device.yaml, table.yaml), and read by h5py.
/// </summary>
public sealed class NwbSchemaTests : IDisposable
{
    // Type: namespace, attributes that it must have, datasets and groups that it must have.
    private static readonly Dictionary<string, (string Space, string[] Attributes, string[] Children)> s_rules = new(StringComparer.Ordinal)
    {
        ["NWBFile"] = ("core", ["nwb_version"], ["file_create_date", "identifier", "session_description", "session_start_time",
            "timestamps_reference_time", "acquisition", "analysis", "processing", "stimulus", "general"]),
        ["TimeSeries"] = ("core", [], ["data", "timestamps"]),
        ["Device"] = ("core", [], []),
        ["Units"] = ("core", ["colnames", "description"], ["id"]),
        ["VectorData"] = ("hdmf-common", ["description"], []),
        ["VectorIndex"] = ("hdmf-common", ["description", "target"], []),
        ["ElementIdentifiers"] = ("hdmf-common", [], []),
    };

    private readonly NirFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Every_object_has_what_the_schema_demands()
    {
        using PureHDF.VOL.Native.NativeFile file = H5File.OpenRead(Write());
        List<string> wrong = [];
        HashSet<string> types = [];
        void Look(IH5Object at, string place, IEnumerable<string> children)
        {
            string? type = at.AttributeExists("neurodata_type") ? at.Attribute("neurodata_type").Read<string>() : null;
            if (type is null)
            {
                return;
            }

            types.Add(type);
            if (!s_rules.TryGetValue(type, out (string Space, string[] Attributes, string[] Children) rule))
            {
                wrong.Add($"{place}: {type} is no type of the rules");
                return;
            }

            if (at.Attribute("namespace").Read<string>() != rule.Space)
            {
                wrong.Add($"{place}: namespace");
            }

            if (!Guid.TryParse(at.Attribute("object_id").Read<string>(), out _))
            {
                wrong.Add($"{place}: object_id");
            }

            wrong.AddRange(rule.Attributes.Where(a => !at.AttributeExists(a)).Select(a => $"{place}: no attribute {a}"));
            wrong.AddRange(rule.Children.Except(children).Select(c => $"{place}: no {c}"));
        }

        void Walk(IH5Group group, string place)
        {
            Look(group, place, group.Children().Select(c => c.Name));
            foreach (IH5Object child in group.Children())
            {
                if (child is IH5Group inner)
                {
                    Walk(inner, place + "/" + child.Name);
                }
                else
                {
                    Look(child, place + "/" + child.Name, []);
                }
            }
        }

        Walk(file, string.Empty);
        Assert.Empty(wrong);
        Assert.Equal(s_rules.Keys.Order(), types.Order());

        // Times are ISO 8601 with an offset; a TimeSeries names unit, conversion and resolution, and its times are in seconds.
        string start = file.Dataset("session_start_time").Read<string>();
        Assert.True(DateTimeOffset.TryParseExact(start, "yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out _), start);
        IH5Dataset data = file.Dataset("acquisition/p1[2]/data");
        Assert.All(new[] { "unit", "conversion", "resolution" }, a => Assert.True(data.AttributeExists(a), a));
        Assert.Equal("seconds", file.Dataset("acquisition/p1[2]/timestamps").Attribute("unit").Read<string>());

        // Columns of the table are those of colnames, each as long as the table; the index ends where its spike times do.
        IH5Group units = file.Group("units");
        ulong rows = units.Dataset("id").Space.Dimensions[0];
        foreach (string column in units.Attribute("colnames").Read<string[]>())
        {
            string counted = units.LinkExists(column + "_index") ? column + "_index" : column;
            Assert.Equal(rows, units.Dataset(counted).Space.Dimensions[0]);
        }

        Assert.Equal(units.Dataset("spike_times").Space.Dimensions[0],
            (ulong)units.Dataset("spike_times_index").Read<long[]>()[^1]);
    }

    [Fact]
    public void H5py_reads_the_same_spikes_through_the_index()
    {
        const string Script = """
            import sys, h5py
            f = h5py.File(sys.argv[1], 'r')
            u = f['units']
            assert f.attrs['neurodata_type'] == 'NWBFile' and list(u.attrs['colnames']) == ['spike_times', 'population', 'neuron']
            assert f[u['spike_times_index'].attrs['target']].name == '/units/spike_times'
            ends = list(u['spike_times_index'])
            for n, (a, b) in enumerate(zip([0] + ends, ends)):
                for t in u['spike_times'][a:b]:
                    print(n, round(t * 1e6), u['population'][n].decode())
            """;
        (int code, string text) = Python(Script, Write());
        Assert.SkipWhen(code == 99, "Debian's python3-h5py is not installed: apt-get install python3-h5py");
        Assert.True(code == 0, text);
        Assert.Equal(["0 5 p0", "2 700000 p1", "2 900000 p1", "5 1000 p2"], text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    // 99 where there is no h5py.
    private static (int Code, string Text) Python(string script, string argument)
    {
        if (!File.Exists("/usr/bin/python3"))
        {
            return (99, string.Empty);
        }

        (int, string) Call(params string[] words)
        {
            using Process process = Process.Start(new ProcessStartInfo("/usr/bin/python3", words)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, text + errors.GetAwaiter().GetResult());
        }

        return Call("-c", "import h5py").Item1 != 0 ? (99, string.Empty) : Call("-c", script, argument);
    }

    private string Write()
    {
        RunRecording run = new()
        {
            Network = "schema",
            RanOn = "the bench",
            Duration = 1_000_000,
            Populations = [new("p0", 0, 2), new("p1", 2, 3), new("p2", 5, 1)],
            Spikes = new SpikeRecord([5, 1000, 700_000, 900_000], [0, 5, 2, 2]),
            Produced = 4,
            Traces = [new TraceRecord("p1[2]", 4, "mV", [0, 1000, 2500], [-65.5, 1e-9, 3])],
            Origin = [new("seed", "42"), new("board", "thyristor-8")],
        };
        using FileStream stream = File.Create(_files.Path("schema.nwb"));
        RecordingFile.Write("schema.nwb", run, new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero), stream);
        return _files.Path("schema.nwb");
    }
}
