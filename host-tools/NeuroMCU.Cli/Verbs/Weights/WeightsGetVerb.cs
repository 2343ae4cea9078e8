// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Results;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Compiler;
using NeuroMCU.VirtualDevice;
using Spectre.Console;

namespace NeuroMCU.Cli.Verbs.Weights;

/// <summary><c>weights get</c>: reads weights from a device.</summary>
internal static class WeightsGetVerb
{
    private static readonly Argument<string> s_projection = new("PROJECTION")
    {
        Description =
        "Name of the projection ('neuromcu info' lists them)"
    };

    private static readonly Argument<string> s_pre = WeightSelection.Pre();

    private static readonly Argument<string> s_post = WeightSelection.Post();

    private static readonly Option<string?> s_output = new("--output", "-o")
    {
        Description = "Write them as an edge list (pre,post,weight,delay) that network files can read",
        HelpName = "FILE.csv",
    };

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("get", "Read weights from a device") { s_projection, s_pre, s_post, s_output };
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        await using DeviceConnection connection = await context.ConnectAsync(cancellation);
        HeldNetwork network = await HeldNetwork.ReadAsync(context, connection.Client, cancellation);
        string name = line.GetRequiredValue(s_projection);
        int projection = network.Projection(name);
        IReadOnlyList<int> synapses = WeightSelection.Find(network, projection, line.GetRequiredValue(s_pre),
            line.GetRequiredValue(s_post));
        string unit = network.Synapses.UnitOf(projection);
        Dictionary<int, short> raw = [];
        foreach ((int first, int count) in WeightSelection.Runs(synapses))
        {
            short[] block = await connection.Client.ReadWeightsAsync(first, count, cancellation);
            for (int i = 0; i < count; i++)
            {
                raw[first + i] = block[i];
            }
        }

        var weights = synapses.Select(s => (Site: network.Synapses.Locate(s), Weight: network.Synapses.ToPhysical(s, raw[s]))).ToArray();
        if (line.GetValue(s_output) is { } path)
        {
            OutputFile.WriteText(path, EdgeList.Of(weights, unit));
            context.Say("wrote " + path);
        }

        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.weights-get/1",
                Device = connection.Client.Address,
                Projection = name,
                Unit = unit,
                Limit = network.Synapses.LimitOf(projection),
                Weights = weights.Select(w => new { w.Site.Pre, w.Site.Post, DelayUs = w.Site.Delay, w.Weight }),
            });
            return ExitCode.Ok;
        }

        Grid grid = Tables.Plain("#pre", "#post", unit == "1" ? "#weight" : $"#weight ({unit})", "#delay");
        foreach ((SynapseSite site, double weight) in weights)
        {
            Tables.Add(grid, Whole(site.Pre), Whole(site.Post), Figures.Short(weight), Figures.Time(site.Delay));
        }

        context.Out.Write(grid);
        return ExitCode.Ok;
    }

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);
}
