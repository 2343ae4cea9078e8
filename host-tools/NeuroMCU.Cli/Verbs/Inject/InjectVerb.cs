// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Results;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Devices.Client;
using NeuroMCU.Devices.Recording;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Verbs.Inject;

/// <summary><c>inject</c>: makes input neurons fire.</summary>
internal static class InjectVerb
{
    private static readonly Argument<string> s_population = new("POPULATION") { Description = "Input population" };

    private static readonly Argument<string> s_neurons = new("NEURONS")
    {
        Description = "Which neurons: 3, 0,2,5, 0-9 or all",
        DefaultValueFactory = _ => "all",
    };

    private static readonly Option<string?> s_at = new("--at") { Description = "Network time (default: now)", HelpName = "TIME" };

    private static readonly Option<string?> s_step = new("--step")
    {
        Description = "Then run the network for this long and show its spikes",
        HelpName = "TIME"
    };

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("inject", "Make input neurons in a device fire, also while it runs") { s_population, s_neurons, s_at,
            s_step };
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        await using DeviceConnection connection = await context.ConnectAsync(cancellation);
        DeviceClient client = connection.Client;
        HeldNetwork network = await HeldNetwork.ReadAsync(context, client, cancellation);
        RecordedPopulation population = network.Population(line.GetRequiredValue(s_population));
        if (!network.Tables.Populations[network.Populations.TakeWhile(p => p != population).Count()].Model.IsSource)
        {
            string inputs = string.Join(", ", network.Populations.Where((_, i) => network.Tables.Populations[i].Model.IsSource)
                .Select(p => p.Name));
            throw new CliException(
                ExitCode.Usage,
                $"'{population.Name}' is no input population",
                "its neurons fire by themselves; only neurons of 'model: input' can be told to",
                inputs.Length == 0 ? "add an input population to the network file" : "input populations of this network: " + inputs);
        }

        int[] neurons = HeldNetwork.Neurons(line.GetRequiredValue(s_neurons), population).Select(n => population.First + n).ToArray();
        string? step = line.GetValue(s_step);
        if (step is not null && client.Info.State == DeviceState.Running)
        {
            RunReport stopped = await client.StopAsync(cancellation);
            context.Say($"note: the network ran by itself; --step stopped it at {Figures.Time(stopped.Time)}");
        }

        int taken = line.GetValue(s_at) is { } at
            ? await client.InjectAsync(Array.ConvertAll(neurons, n => new InjectedSpike(n, Quantities.Time(at, "--at"))), cancellation)
            : await client.InjectNowAsync(neurons, cancellation);
        RunRecording? run = null;
        RunEnd? end = null;
        if (step is not null)
        {
            long start = (await client.ReadStateAsync(cancellation)).Time;
            RunRecorder recorder = new RunRecorder();
            client.Observer = recorder;
            IReadOnlyList<KeyValuePair<string, long>> before = await client.ReadCountersAsync(cancellation);
            long time = Math.Max(1, Quantities.Time(step, "--step"));
            end = await RunEnd.OfAsync(() => client.StepAsync(time, cancellation));
            IReadOnlyList<KeyValuePair<string,
                long>> after = await end.TryAsync(() => client.ReadCountersAsync(CancellationToken.None), []);
            IReadOnlyList<long>? saturations =
                await end.TryAsync(() => client.ReadSaturationsAsync(network.Tables.Populations.Length, CancellationToken.None), null);
            run = DeviceRecording.Of(network.Tables, network.Symbols, client.Address, recorder, end.Report, after, saturations, before,
                start + time).From(start);
        }

        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.inject/1",
                Device = client.Address,
                Population = population.Name,
                Asked = neurons.Length,
                Injected = taken,
                Spikes = run?.Spikes.Count,
                LostSpikes = run?.Lost,
                Losses = run?.Losses.ByName,
                run?.Incomplete,
                Saturations = run is { CountsSaturations: true }
                ? run.Saturations.Select(s => new { Population = s.Key, Count = s.Value }) : null,
            });
        }
        else
        {
            context.WriteLine($"{Figures.Count(taken, "spike")} of {neurons.Length} injected into {population.Name}");
            if (run is not null)
            {
                context.WriteLine($"the {Figures.Time(run.Duration)} after that:");
                context.WriteLine();
                RasterView.Write(context.Out, run);
                context.WriteLine();
                context.WriteLine(run.LossLine);
                LossText.Say(context, run.Losses);
                if (run.EndedEarly is { } missing)
                {
                    context.WriteLine("incomplete: " + missing);
                }
                SaturationText.Say(context, run);
            }
            else if ((await client.ReadStateAsync(cancellation)).State != DeviceState.Running)
            {
                context.Say("note: the network stands still; --step \"100 ms\" runs it on from here");
            }
        }

        ExitCode code = run?.EndedEarly is not null && cancellation.IsCancellationRequested ? ExitCode.Cancelled
            : taken < neurons.Length || run is { Losses.IsComplete: false } ? ExitCode.Incomplete
            : run is { Saturations.Count: > 0 } ? ExitCode.Saturated
            : ExitCode.Ok;
        return end?.Complain(context, null, code) ?? code;
    }
}
