// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Devices.Client;

/// <summary>What people call the channels of a board: by the name on it, and by the neuron of the network that it is.</summary>
public sealed class ChannelNames
{
    private readonly Dictionary<int, string> _names = [];
    private readonly Dictionary<int, string> _neurons = [];

    private ChannelNames()
    {
    }

    /// <summary>Gets the names of a board that is not known here: its channels go by their numbers.</summary>
    public static ChannelNames Numbers { get; } = new();

    /// <summary>Takes the names of a board and of the neurons of a network.</summary>
    /// <param name="board">The board; null when its profile is not known here.</param>
    /// <param name="tables">The network.</param>
    /// <param name="symbols">Its names.</param>
    /// <returns>The names.</returns>
    public static ChannelNames Of(BoardDescription? board, NetworkTables tables, SymbolTable symbols)
    {
        ChannelNames names = new();
        for (int i = 0; board is not null && i < board.Channels.Count; i++)
        {
            names._names[i] = board.Channels[i].Name;
        }

        for (int p = 0; p < tables.Populations.Length; p++)
        {
            int[] channels = tables.Populations[p].Channels ?? [];
            for (int i = 0; i < channels.Length; i++)
            {
                names._neurons[channels[i]] = string.Create(CultureInfo.InvariantCulture, $"{symbols.Populations[p].Name}[{i}]");
            }
        }

        return names;
    }

    /// <summary>The name of a channel: <c>n1 (cells[0])</c>, or <c>channel 3</c> where no name is known.</summary>
    /// <param name="channel">Its number; <see cref="ChannelEvent.WholeBoard" /> for the board.</param>
    /// <returns>The name.</returns>
    public string Of(int channel)
    {
        if (channel == ChannelEvent.WholeBoard)
        {
            return "board";
        }

        string name = _names.TryGetValue(channel, out string? known) ? known
            : string.Create(CultureInfo.InvariantCulture, $"channel {channel}");
        return _neurons.TryGetValue(channel, out string? neuron) ? $"{name} ({neuron})" : name;
    }
}
