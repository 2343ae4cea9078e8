// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using NeuroMCU.Internet.Mqtt;
using NeuroMCU.Internet.Rules;

namespace NeuroMCU.Internet.Hub;

/// <summary>How a site talks to the hub.</summary>
internal enum Transport
{
    /// <summary>Sealed UDP of the project's own.</summary>
    Keyed,

    /// <summary>The same sealed packets through an MQTT broker.</summary>
    Mqtt,

    /// <summary>The same sealed packets in messages of a WebSocket.</summary>
    WebSocket,

    /// <summary>The packets of the experiment, without any proof of who sends.</summary>
    Historical,

    /// <summary>EIEIO packets of SpiNNaker, without any proof of who sends.</summary>
    Eieio,

    /// <summary>Address events of jAER, without any proof of who sends.</summary>
    Jaer,
}

/// <summary>A site.</summary>
/// <param name="Index">Its place in the file, from 0.</param>
/// <param name="KeyFile">File with its key; null where it has none.</param>
/// <param name="Partner">1 or 2 for a historical site, 0 otherwise.</param>
/// <param name="Address">Where the packets for a historical site go; null otherwise.</param>
internal sealed record SitePlan(int Index, string Name, Transport Transport, string? KeyFile, int Partner, IPEndPoint? Address,
    double MostRate)
{
    /// <summary>Whether its packets are sealed with its key.</summary>
    public bool IsSealed => Transport is Transport.Keyed or Transport.Mqtt or Transport.WebSocket;

    /// <summary>Its transport, as files name it.</summary>
    public string TransportName => HubFile.NameOf(Transport);

    /// <summary>Where the file names its key; null where it has none.</summary>
    public SourceLocation? KeyAt { get; init; }

    /// <summary>Key or address of the neuron with the number 0, for EIEIO and jAER.</summary>
    public long FirstKey { get; init; }
}

/// <summary>A neuron.</summary>
/// <param name="Id">Its number on the wire, 0 to 2²⁴ − 1.</param>
internal sealed record NeuronPlan(string Name, int Id, SitePlan Site);

/// <summary>Something that holds a weight.</summary>
/// <param name="Initial">Resistance in Ω, or the number, where no kept weight says otherwise.</param>
internal sealed record NodePlan(string Name, string Model, double Initial)
{
    /// <summary>Least resistance in Ω.</summary>
    public double Least { get; init; } = 4000;

    /// <summary>Largest resistance in Ω.</summary>
    public double Most { get; init; } = 9000;

    /// <summary>Share of the rest of the range per pulse of potentiation.</summary>
    public double Potentiation { get; init; } = 0.03;

    /// <summary>Share of the rest of the range per pulse of depression.</summary>
    public double Depression { get; init; } = 0.05;

    /// <summary>+1 when positive pulses raise the resistance, −1 when they lower it.</summary>
    public int Polarity { get; init; } = 1;

    /// <summary>Number of a node in the array of a device; null for one that is not there.</summary>
    public int? Place { get; init; }

    /// <summary>Step of a number.</summary>
    public double Step { get; init; }
}

/// <summary>A synapse.</summary>
internal sealed record SynapsePlan(string Name, NeuronPlan Pre, NeuronPlan Post, NodePlan Node, bool Plastic);

/// <summary>When spikes arrive.</summary>
/// <param name="Delay">Constant latency in µs; null for as soon as possible.</param>
/// <param name="DeliverLate">Whether late ones are delivered (otherwise they are dropped); both are counted.</param>
internal sealed record LatencyPlan(int? Delay, bool DeliverLate)
{
    /// <summary>Whether each site chooses the latency from the jitter that it measures; <see cref="Delay" /> is the least then.</summary>
    public bool Measured { get; init; }
}

/// <summary>A network over several sites, as its file describes it.</summary>
internal sealed record HubPlan
{
    /// <summary>Path of the file.</summary>
    public required string File { get; init; }

    /// <summary>Name of the network.</summary>
    public required string Name { get; init; }

    /// <summary>Where keyed sites reach the hub; null when there are none.</summary>
    public IPEndPoint? KeyedListen { get; init; }

    /// <summary>Where historical partners reach the hub; null unless the file asks for them.</summary>
    public IPEndPoint? HistoricalListen { get; init; }

    /// <summary>Where WebSockets reach the hub; null when it has none.</summary>
    public IPEndPoint? WebSocketListen { get; init; }

    /// <summary>Where EIEIO packets reach the hub; null when they do not.</summary>
    public IPEndPoint? EieioListen { get; init; }

    /// <summary>Where jAER packets reach the hub; null when they do not.</summary>
    public IPEndPoint? JaerListen { get; init; }

    /// <summary>Where the hub's own broker listens; null when it has none.</summary>
    public IPEndPoint? MqttListen { get; init; }

    /// <summary>The broker of which the hub is a client; null when there is none.</summary>
    public IPEndPoint? MqttBroker { get; init; }

    /// <summary>How MQTT is encrypted; null when it is not, on this machine only.</summary>
    public TlsPlan? MqttTls { get; init; }

    /// <summary>File with the hub's password at that broker; null for none.</summary>
    public string? MqttPasswordFile { get; init; }

    /// <summary>Whether the historical partners get the packet that tells them to begin.</summary>
    public bool SendReady { get; init; }

    /// <summary>Sites.</summary>
    public required IReadOnlyList<SitePlan> Sites { get; init; }

    /// <summary>Neurons.</summary>
    public required IReadOnlyList<NeuronPlan> Neurons { get; init; }

    /// <summary>Nodes.</summary>
    public required IReadOnlyList<NodePlan> Nodes { get; init; }

    /// <summary>Numbers of the nodes that are in the array of a device, by name.</summary>
    public IReadOnlyDictionary<string, int> ArrayPlaces => Nodes.Where(n => n.Place is not null)
        .ToDictionary(n => n.Name, n => n.Place!.Value, StringComparer.Ordinal);

    /// <summary>Synapses.</summary>
    public required IReadOnlyList<SynapsePlan> Synapses { get; init; }

    /// <summary>The rule; null for weights that stay.</summary>
    public HubRule? Rule { get; init; }

    /// <summary>When spikes arrive.</summary>
    public required LatencyPlan Latency { get; init; }

    /// <summary>File that keeps the weights; null when a restart begins anew.</summary>
    public string? StateFile { get; init; }

    /// <summary>File to which what passes is appended; null for none.</summary>
    public string? LogFile { get; init; }

    /// <summary>Where metrics are served; null for nowhere.</summary>
    public IPEndPoint? Metrics { get; init; }
}
