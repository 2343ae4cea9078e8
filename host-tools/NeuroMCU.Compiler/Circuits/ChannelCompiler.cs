// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Files.Units;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Boards;

namespace NeuroMCU.Compiler.Circuits;

/// <summary>Binds populations to the channels of a board, and refuses drives beyond what a channel may get.</summary>
internal sealed class ChannelCompiler
{
    private readonly Network _network;
    private readonly BoardDescription _board;
    private readonly IDriveTables _tables;
    private readonly ICollection<Diagnostic> _errors;
    private readonly SortedDictionary<int, ChannelTable> _used = [];

    /// <summary>Prepares to bind.</summary>
    public ChannelCompiler(Network network, BoardDescription board, IDriveTables tables, ICollection<Diagnostic> errors)
    {
        _network = network;
        _board = board;
        _tables = tables;
        _errors = errors;
    }

    /// <summary>Drive tables of the channels that were bound.</summary>
    public ChannelTable[] Used => [.. _used.Values];

    /// <summary>Binds a population.</summary>
    public void Bind(Population population, PopulationTable table)
    {
        int[] channels = new int[population.Size];
        for (int i = 0; i < population.Size; i++)
        {
            int channel = Resolve(population, i);
            if (channel < 0)
            {
                return;
            }

            channels[i] = channel;
            CheckDrive(population, i, _board.Channels[channel].Drive);
        }

        table.Channels = channels;
    }

    private int Resolve(Population population, int neuron)
    {
        string name = population.Channels[neuron];
        int channel = _board.ChannelNumber(name);
        if (channel < 0 && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number < _board.Channels.Count)
        {
            channel = number;
        }

        string board = _board.Profile.Name;
        string[] names = _board.Channels.Select(c => c.Name).ToArray();
        if (channel < 0)
        {
            string known = names.Length == 0 ? "it has no physical neurons; take a board that has, such as thyristor-starter"
                : "its channels: " + string.Join(", ", names);
            Refuse(population, "`" + board + "` has no channel `" + name + "`", Suggestion.Hint(name, names) ?? known, DiagnosticKind.Name);
            return -1;
        }

        ChannelTable? table = _tables.Find(_board, channel) ?? new NominalDriveTables().Find(_board, channel);
        if (table == null)
        {
            Refuse(population, "channel `" + names[channel] + "` of `" + board + "` has nothing that drives it",
                "name a channel that has a `drive` in the profile");
            return -1;
        }

        if (!_used.TryAdd(channel, table))
        {
            Refuse(population, "channel `" + names[channel] + "` stands for a neuron already",
                "a channel is one neuron; name each once in the file");
            return -1;
        }

        return channel;
    }

    // What the file states to be constant must fit; what synapses add on top is held at the limit by the device.
    private void CheckDrive(Population population, int neuron, DriveDescription? drive)
    {
        if (drive == null)
        {
            return;
        }

        double bias = population.Value("bias", neuron);
        DriveInput[] steps = _network.Drives
            .Where(d => ReferenceEquals(d.Population, population) && d.Amplitude > 0 && neuron >= d.First && neuron < d.First + d.Count)
            .ToArray();
        DriveInput? worst = steps.MaxBy(d => At(bias, steps, d.Start));
        double most = worst == null ? bias : Math.Max(bias, At(bias, steps, worst.Start));
        if (most <= drive.Limit * (1 + 1e-9))
        {
            return;
        }

        string limit = Quantity.Text(drive.Limit, Dimension.Current);
        _errors.Add(Diagnostic.At(
            worst?.Location ?? population.Parameters["bias"].Location,
            "drives channel `" + population.Channels[neuron] + "` of `" + _board.Profile.Name + "` with "
            + Quantity.Text(most, Dimension.Current) + (worst == null ? string.Empty : ", bias included") + "; its limit is " + limit,
            "stay at or below " + limit + "; above the hold current the thyristor latches"));
    }

    private static double At(double bias, DriveInput[] steps, int time)
        => bias + steps.Where(d => d.Start <= time && time < d.Stop).Sum(d => d.Amplitude);

    private void Refuse(Population population, string message, string hint, DiagnosticKind kind = DiagnosticKind.Other)
    {
        _errors.Add(Diagnostic.At(population.ChannelsLocation ?? population.Location, message, hint, kind));
    }
}
