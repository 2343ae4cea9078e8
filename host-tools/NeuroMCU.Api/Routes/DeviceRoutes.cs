// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NeuroMCU.Api.Sessions;
using NeuroMCU.Devices.Client;
using NeuroMCU.Laboratory.Calibration;
using NeuroMCU.Laboratory.Calibration.Store;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Recordings;
using NeuroMCU.VirtualBench.Audio;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Api.Routes;

/// <summary>Devices and their runs.</summary>
internal sealed class DeviceRoutes(SessionList sessions)
{
    public IEnumerable<ApiRoute> All =>
    [
        new("GET", "/devices", ListAsync, false),
        new("POST", "/devices", OpenAsync, true),
        new("GET", "/devices/{id}", context => context.AnswerAsync(Describe(Find(context))), false),
        new("DELETE", "/devices/{id}", CloseAsync, true),
        new("POST", "/devices/{id}/run", RunAsync, true),
        new("POST", "/devices/{id}/stop", StopAsync, true),
        new("POST", "/devices/{id}/reset", ResetAsync, true),
        new("POST", "/devices/{id}/step", StepAsync, true),
        new("POST", "/devices/{id}/inject", InjectAsync, true),
        new("POST", "/devices/{id}/sound", SoundAsync, true),
        new("GET", "/devices/{id}/counters", CountersAsync, false),
        new("GET", "/devices/{id}/membrane/{population}", MembraneAsync, false),
        new("GET", "/devices/{id}/channels", ChannelsAsync, false),
        new("GET", "/devices/{id}/calibration", CalibrationAsync, false),
        new("POST", "/devices/{id}/calibration", CalibrateAsync, true),
        new("GET", "/boards", BoardsAsync, false),
    ];

    private DeviceSession Find(HttpContext context) => sessions.Find(context.Part("id"));

    private static object Describe(DeviceSession session)
    {
        DeviceInfo info = session.Device.Client.Info;
        return new
        {
            session.Id,
            Address = session.Request.Address ?? "virtual",
            Virtual = session.Device.IsVirtual,
            Clock = session.Device.IsFree ? "free" : "wall",
            Profile = session.Device.Profile,
            Board = info.BoardName,
            info.DeviceId,
            info.Firmware,
            info.Protocol,
            State = session.StateText,
            session.Broken,
            Run = session.Run,
            TimeUs = session.Time,
            session.Spikes,
            NetworkVersion = session.NetworkVersion,
            Network = session.Network?.Symbols.Network,
            LastRecording = session.Last?.Id,
            Listeners = session.Hub.Clients.Select(c => new
            {
                c.Number,
                c.Name,
                c.SentMessages,
                c.DroppedMessages,
                c.DroppedSpikes,
                c.WaitingBytes,
            }),
        };
    }

    private Task ListAsync(HttpContext context) => context.AnswerAsync(new
    {
        Devices = sessions.All.Select(Describe),
        Found = DeviceList.Find().Devices.Select(d => new { d.Address, d.Kind, d.Description }),
    });

    private async Task OpenAsync(HttpContext context)
    {
        DeviceRequest request = await context.ReadAsync<DeviceRequest>().ConfigureAwait(false);
        DeviceSession session = await sessions.OpenAsync(request, context.RequestAborted).ConfigureAwait(false);
        context.Response.Headers.Location = "/api/v1/devices/" + session.Id;
        await context.AnswerAsync(Describe(session), 201).ConfigureAwait(false);
    }

    private async Task CloseAsync(HttpContext context)
    {
        await sessions.CloseAsync(context.Part("id")).ConfigureAwait(false);
        context.Response.StatusCode = 204;
    }

    private async Task RunAsync(HttpContext context)
    {
        DeviceSession session = Find(context);
        RunBody body = await context.ReadAsync<RunBody>().ConfigureAwait(false);
        if (body.Reset)
        {
            await session.ResetAsync(context.RequestAborted).ConfigureAwait(false);
        }

        long duration = Bodies.Microseconds(body.Duration, "duration") ?? 0;
        await session.StartAsync(new RunRequest(duration, !body.Fast), context.RequestAborted).ConfigureAwait(false);
        if (body.Wait)
        {
            if (duration == 0)
            {
                throw ApiException.Bad("a run without a duration does not end by itself", null, "give it a duration, or do not wait");
            }

            KeptRun? kept = await session.WaitAsync(context.RequestAborted).ConfigureAwait(false);
            await context.AnswerAsync(RunDocument.Of(kept!)).ConfigureAwait(false);
            return;
        }

        await context.AnswerAsync(Describe(session), 202).ConfigureAwait(false);
    }

    private async Task StopAsync(HttpContext context)
    {
        KeptRun? kept = await Find(context).StopAsync(context.RequestAborted).ConfigureAwait(false);
        await context.AnswerAsync(new { Recording = kept is null ? null : RunDocument.Of(kept) }).ConfigureAwait(false);
    }

    private async Task ResetAsync(HttpContext context)
    {
        DeviceSession session = Find(context);
        await session.ResetAsync(context.RequestAborted).ConfigureAwait(false);
        await context.AnswerAsync(Describe(session)).ConfigureAwait(false);
    }

    private async Task StepAsync(HttpContext context)
    {
        StepBody body = await context.ReadAsync<StepBody>().ConfigureAwait(false);
        long duration = Bodies.Microseconds(body.Duration, "duration") ?? 1000;
        if (duration < 1)
        {
            throw ApiException.Bad("a step lasts 1 us at least");
        }

        KeptRun kept = await Find(context).StepAsync(duration, context.RequestAborted).ConfigureAwait(false);
        await context.AnswerAsync(RunDocument.Of(kept)).ConfigureAwait(false);
    }

    private async Task InjectAsync(HttpContext context)
    {
        DeviceSession session = Find(context);
        InjectBody body = await context.ReadAsync<InjectBody>().ConfigureAwait(false);
        LoadedNetwork network = session.Require();
        List<InjectedSpike> spikes = [];
        bool now = body.Spikes.All(s => s.Time is null);
        if (!now && body.Spikes.Any(s => s.Time is null))
        {
            throw ApiException.Bad("some spikes have a time and some have none", null, "give all of them a time, or none");
        }

        foreach (InjectItem item in body.Spikes)
        {
            RecordedPopulation population = network.Population(item.Population);
            if (network.Tables.Populations[network.Populations.ToList().IndexOf(population)].Model is not Core.Contracts.SourceModel)
            {
                string[] inputs = [.. network.Populations.Where((_, p) => network.Tables.Populations[p].Model is Core.Contracts.SourceModel)
                    .Select(p => p.Name)];
                throw new ApiException(422, "no_input", $"'{population.Name}' is no input: its neurons fire by themselves", null,
                    inputs.Length == 0 ? "the network has no inputs" : "inputs are: " + string.Join(", ", inputs));
            }

            foreach (int neuron in item.Neurons)
            {
                if (neuron < 0 || neuron >= population.Size)
                {
                    throw ApiException.Bad(FormattableString.Invariant($"there is no neuron {neuron} in '{population.Name}'"), null,
                        FormattableString.Invariant($"its neurons are 0 to {population.Size - 1}"));
                }

                spikes.Add(new InjectedSpike(population.First + neuron, Bodies.Microseconds(item.Time, "time") ?? 0));
            }
        }

        spikes.Sort((a, b) => a.Time.CompareTo(b.Time));
        int taken = await session.InjectAsync(spikes, now, context.RequestAborted).ConfigureAwait(false);
        await context.AnswerAsync(new { Asked = spikes.Count, Injected = taken, NoRoom = spikes.Count - taken }).ConfigureAwait(false);
    }

    private async Task SoundAsync(HttpContext context)
    {
        DeviceSession session = Find(context);
        StereoSound sound;
        string name = Printable.Of(context.Request.Query["name"].ToString());
        if (context.Request.Query["example"].ToString() is { Length: > 0 } example)
        {
            name = example;
            sound = Examples.Sound(example);
        }
        else
        {
            byte[] bytes = await context.BytesAsync(Bodies.MostSoundBytes).ConfigureAwait(false);
            sound = WavReader.Read(bytes, name.Length == 0 ? "the sound" : name);
        }

        await session.PlayAsync(sound, context.RequestAborted).ConfigureAwait(false);
        session.Hub.Send(new { Type = "sound", Name = name, DurationS = sound.Duration.TotalSeconds });
        await context.AnswerAsync(new
        {
            Name = name,
            DurationS = sound.Duration.TotalSeconds,
            sound.SampleRate,
            sound.Notes
        }).ConfigureAwait(false);
    }

    private async Task CountersAsync(HttpContext context)
    {
        IReadOnlyList<KeyValuePair<string, long>> counters = await Find(context).Device.Client.ReadCountersAsync(context.RequestAborted)
            .ConfigureAwait(false);
        await context.AnswerAsync(new { Counters = counters.ToDictionary(c => c.Key, c => c.Value) }).ConfigureAwait(false);
    }

    private async Task MembraneAsync(HttpContext context)
    {
        DeviceSession session = Find(context);
        LoadedNetwork network = session.Require();
        RecordedPopulation population = network.Population(context.Part("population"));
        int p = network.Populations.ToList().IndexOf(population);
        int[] raw = await session.Device.Client.ReadMembraneAsync(population.First, population.Size,
            context.RequestAborted).ConfigureAwait(false);
        Compiler.PopulationSymbol symbol = network.Symbols.Populations[p];
        await context.AnswerAsync(new
        {
            Population = population.Name,
            symbol.Unit,
            TimeUs = session.Time,
            Values = raw.Select(v => symbol.Rest + (v / (double)Core.Numerics.Formats.MembraneOne * symbol.UnitValue)),
        }).ConfigureAwait(false);
    }

    private async Task ChannelsAsync(HttpContext context)
    {
        DeviceSession session = Find(context);
        NeuronBoardInfo board = await session.Device.Client.ReadBoardAsync(context.RequestAborted).ConfigureAwait(false);
        string name = session.Device.Board?.Board ?? session.Device.Client.Info.BoardName;
        BoardDescription? profile = BoardCatalog.Names.Contains(name) || File.Exists(name) ? BoardCatalog.Find(name) : null;
        await context.AnswerAsync(new
        {
            Board = session.Device.Client.Info.BoardName,
            ResolutionUs = board.Resolution,
            Channels = board.Channels.Select((c, k) => new
            {
                Channel = k,
                Name = profile is not null && k < profile.Channels.Count ? profile.Channels[k].Name : null,
                c.HasDrive,
                c.MaxCode,
                c.SenseBits,
                State = c.Condition == 0 ? "ok" : ChannelFinding.Describe(c.Condition),
                c.Latches,
                Neuron = NeuronOf(session, k),
            }),
            ServoPulsesUs = session.Device.Servos(),
        }).ConfigureAwait(false);
    }

    private static string? NeuronOf(DeviceSession session, int channel)
    {
        if (session.Network is not { } network)
        {
            return null;
        }

        for (int p = 0; p < network.Populations.Count; p++)
        {
            int at = Array.IndexOf(network.Tables.Populations[p].Channels ?? [], channel);
            if (at >= 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{network.Populations[p].Name}[{at}]");
            }
        }

        return null;
    }

    private Task CalibrationAsync(HttpContext context)
    {
        DeviceSession session = Find(context);
        DeviceInfo info = session.Device.Client.Info;
        CalibrationStore store = new(sessions.Settings.CalibrationFolder);
        string path = store.PathOf(info.BoardName, info.DeviceId);
        if (store.Find(info.BoardName, info.DeviceId) is null)
        {
            throw ApiException.NotFound($"there is no calibration of {info.BoardName} on device {info.DeviceId}",
                "calibrate it: neuromcu calibrate; nominal virtual boards need none");
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.SendFileAsync(path);
    }

    private async Task CalibrateAsync(HttpContext context)
    {
        CalibrateBody body = await context.ReadAsync<CalibrateBody>().ConfigureAwait(false);
        (BoardCalibration made, string? unkept) = await Find(context).CalibrateAsync(body.Force, context.RequestAborted)
            .ConfigureAwait(false);
        await context.AnswerAsync(new
        {
            made.Board,
            DeviceId = made.Device,
            made.Reference,
            BenchS = made.BenchSeconds,
            Kept = unkept is null,
            Unkept = unkept,
            Channels = made.Channels.Select(c => new
            {
                c.Channel,
                c.Name,
                Good = c.Verdict.IsGood,
                c.Verdict.Reason,
                Next = c.Verdict.Advice,
                LowestRateHz = c.LowestRate,
                HighestRateHz = c.HighestRate,
                RmseHz = c.Fit?.Rmse,
                CurrentsUa = c.Currents.Select(i => i * 1e6),
                RatesHz = c.Readings.Select(r => r.Rate),
            }),
        }).ConfigureAwait(false);
    }

    private static Task BoardsAsync(HttpContext context) => context.AnswerAsync(new { Boards = BoardCatalog.Names });

    private sealed record RunBody(JsonElement? Duration = null, bool Fast = false, bool Reset = false, bool Wait = false);

    private sealed record CalibrateBody(bool Force = false);

    private sealed record StepBody(JsonElement? Duration = null);

    private sealed record InjectBody(IReadOnlyList<InjectItem> Spikes);

    private sealed record InjectItem(string Population, IReadOnlyList<int> Neurons, JsonElement? Time = null);
}
