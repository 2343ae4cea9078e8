// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Nodes.Synapses;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Verbs.Weights;

/// <summary><c>weights set</c>: writes weights into a device; they act from the next spike on.</summary>
internal static class WeightsSetVerb
{
    private static readonly Argument<string> s_projection = new("PROJECTION")
    {
        Description =
        "Name of the projection ('neuromcu info' lists them)"
    };

    private static readonly Argument<string> s_pre = new("PRE") { Description = "Source neurons: 3, 0,2,5, 0-9 or all" };

    private static readonly Argument<string> s_post = new("POST") { Description = "Target neurons, as PRE" };

    private static readonly Argument<string> s_weight = new("WEIGHT")
    {
        Description =
        "The weight, as in network files: \"14 mV\", \"20 nC\" for circuits, 0.8 where weights are pure numbers"
    };

    private static readonly Option<bool> s_persist = new("--persist",
        "-p")
    { Description = "Store the network with its weights: they survive power-off" };

    private static readonly Option<bool> s_noStart = new("--no-autostart")
    {
        Description =
        "With --persist: do not start the network at power-on"
    };

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("set", "Write weights into a device, also while it runs") { s_projection, s_pre, s_post, s_weight,
            s_persist, s_noStart };
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        await using DeviceConnection connection = await context.ConnectAsync(cancellation);
        HeldNetwork network = await HeldNetwork.ReadAsync(context, connection.Client, cancellation);
        string name = line.GetRequiredValue(s_projection);
        int projection = network.Projection(name);
        if (network.Synapses.IsMeasured(projection))
        {
            (string what, string why, string next) = NodeWeights.Refusal(name, "NETWORK.yaml");
            throw new CliException(ExitCode.DeviceRefused, what, why, next);
        }

        string unit = network.Synapses.UnitOf(projection);
        double weight = Quantities.Weight(line.GetRequiredValue(s_weight), unit);
        IReadOnlyList<int> synapses = WeightSelection.Find(network, projection, line.GetRequiredValue(s_pre),
            line.GetRequiredValue(s_post));
        if (!network.Synapses.TryToDevice(synapses[0], weight, out int raw))
        {
            string limit = Figures.Short(network.Synapses.LimitOf(projection)) + Suffix(unit);
            throw new CliException(
                ExitCode.NetworkWeight,
                $"{Figures.Short(weight)}{Suffix(unit)} is out of the range of '{name}'",
                $"its weights reach from -{limit} to {limit}: that was chosen from the file when it was compiled",
                $"for larger ones write 'weight_limit: {Figures.Short(Math.Abs(weight))}{Suffix(unit)}' into the projection of the "
                + $"network file, and program it again");
        }

        foreach ((int first, int count) in WeightSelection.Runs(synapses))
        {
            await connection.Client.WriteWeightsAsync(first, Enumerable.Repeat((short)raw, count).ToArray(), cancellation);
        }

        uint? generation = line.GetValue(s_persist) ? await connection.Client.PersistAsync(!line.GetValue(s_noStart), cancellation) : null;
        double held = network.Synapses.ToPhysical(synapses[0], raw);
        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.weights-set/1",
                Device = connection.Client.Address,
                Projection = name,
                Written = synapses.Count,
                Asked = weight,
                Weight = held,
                Unit = unit,
                Generation = generation,
            });
            return ExitCode.Ok;
        }

        context.WriteLine($"{Figures.Count(synapses.Count, "weight")} of {name} set to {Figures.Short(held)}{Suffix(unit)}");
        if (generation is not null)
        {
            context.WriteLine($"stored as generation {generation}: they survive power-off");
        }
        else if (connection.Device is not null)
        {
            context.Say(
                "note: this virtual bench ended with the command; --persist stores the weights, and 'neuromcu virtual' serves a bench "
                + "that stays");
        }

        return ExitCode.Ok;
    }

    private static string Suffix(string unit) => unit == "1" ? string.Empty : " " + unit;
}
