// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using NeuroMCU.Internet.Mqtt;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Networks;
using NeuroMCU.Recordings;

namespace NeuroMCU.Internet.Site;

/// <summary>A neuron of the device whose spikes go to the hub.</summary>
internal sealed record SpikeBinding(int Id, string Population, int Index, SpikeKind Kind);

/// <summary>A neuron for which arrivals come from the hub.</summary>
/// <param name="Population">Input population of the device that gets them.</param>
/// <param name="Binary">Whether eight neurons stand for the bits of the weight; otherwise one neuron fires whatever the weight is.</param>
/// <param name="ReportPotential">Whether each arrival is reported to the hub as a postsynaptic potential.</param>
internal sealed record ArrivalBinding(int Id, string Population, int First, bool Binary, bool ReportPotential)
{
    /// <summary>Bits of a weight, and neurons that stand for them.</summary>
    public const int Bits = 8;
}

/// <summary>A site, as its file describes it.</summary>
internal sealed record SiteRunPlan
{
    /// <summary>Path of the file.</summary>
    public required string File { get; init; }

    /// <summary>Name of the site, as in the hub's file.</summary>
    public required string Name { get; init; }

    /// <summary>Whether <see cref="Hub" /> is a broker.</summary>
    public bool OverMqtt { get; init; }

    /// <summary>Whether it is reached by a WebSocket.</summary>
    public bool OverWebSocket { get; init; }

    /// <summary>Where health and metrics are served; null for nowhere.</summary>
    public IPEndPoint? Metrics { get; init; }

    /// <summary>Where the hub listens, or the broker through which it is reached.</summary>
    public required IPEndPoint Hub { get; init; }

    /// <summary>How the connection to the broker is encrypted; null when it is not, on this machine only.</summary>
    public TlsPlan? Tls { get; init; }

    /// <summary>File with the site's key.</summary>
    public required string KeyFile { get; init; }

    /// <summary>Which partner of the experiment it is, 1 or 2, whose packets the firmware speaks; 0 for sealed packets.</summary>
    public int Partner { get; init; }

    /// <summary>UDP port of a partner of the experiment; 0 for any.</summary>
    public int Port { get; init; }

    /// <summary>The network that its device runs; null for a site that plays a recording.</summary>
    public Network? Network { get; init; }

    /// <summary>The recording that it plays; null for a site with a device.</summary>
    public RunRecording? Recording { get; init; }

    /// <summary>How many times faster than it was made the recording is played.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Whether the device begins when all sites are there, or at once.</summary>
    public required bool WaitForAll { get; init; }

    /// <summary>What goes to the hub.</summary>
    public required IReadOnlyList<SpikeBinding> Spikes { get; init; }

    /// <summary>What comes from it.</summary>
    public required IReadOnlyList<ArrivalBinding> Arrivals { get; init; }
}
