// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Recordings;

/// <summary>A place where something of a run can be lost.</summary>
public sealed class LossCause
{
    private static readonly List<LossCause> s_all = [];

    private LossCause(string name, bool isSpikes, string noun, string what, string advice)
    {
        Index = s_all.Count;
        Name = name;
        IsSpikes = isSpikes;
        Noun = noun;
        What = what;
        Advice = advice;
        s_all.Add(this);
    }

    /// <summary>Spikes that found the device's record full, because the wire was too slow for them.</summary>
    public static LossCause Record { get; } = new("record", true, "spike", "found the record of the device full",
        "record fewer populations ('record: {spikes: [...]}' in the network file), or give the wire time with --fast where nothing "
        + "listens or is driven");

    /// <summary>Spikes that were sent and did not arrive.</summary>
    public static LossCause Wire { get; } = new("wire", true, "spike", "did not arrive over the wire",
        "check the cable ('neuromcu doctor' tests the line), then repeat the run");

    /// <summary>Spikes from outside that found the queue of injections full.</summary>
    public static LossCause Injections { get; } = new("injection_queue", true, "spike", "from outside found the queue of injections full",
        "inject fewer at a time (64 can wait), or let the network run in between: neuromcu inject ... --step \"10 ms\"");

    /// <summary>Spikes that did not travel along a projection because the event queue was full.</summary>
    public static LossCause Events { get; } = new("event_queue", true, "spike", "did not travel on, as the event queue was full",
        "write 'capacity: {queue: N}' into the network file, with N above the counter queue_peak");

    /// <summary>Spikes of neuron channels that found the queue of the board full.</summary>
    public static LossCause Board { get; } = new("board_queue", true, "spike", "of neuron channels found the queue of the board full",
        "write a longer 'step' into the network file, or run fewer software neurons beside the channels");

    /// <summary>Trace samples that the device dropped or the wire lost.</summary>
    public static LossCause Samples { get; } = new("trace_samples", false, "trace sample", "were lost on the way",
        "write a longer 'every' for the traces, or use --fast where nothing listens or is driven");

    /// <summary>Frames of the device that are missing by their numbers, whatever they held: what else is counted of a frame is counted
    /// apart.</summary>
    public static LossCause Frames { get; } = new("wire_frames", false, "wire frame",
        "did not arrive: read-outs, alarms or log lines may be missing; spikes and samples are counted apart",
        "check the cable ('neuromcu doctor' tests the line), then repeat the run");

    /// <summary>Sound that the device was too slow for.</summary>
    public static LossCause Sound { get; } = new("sound_frames", false, "sound frame", "came too fast for the device",
        "hear with fewer bands, or on a faster device: --device virtual:ideal hears all");

    /// <summary>Samples of a streamed converter that were overwritten before the loop came round.</summary>
    public static LossCause Stream { get; } = new("stream_samples", false, "sample",
        "of a streamed spike input were overwritten unseen, spikes in them included",
        "write a longer 'step' into the network file, or a lower 'rate' of the input into the board profile");

    /// <summary>Injected spikes that came after their time.</summary>
    public static LossCause LateInjections { get; } = new("late_injections", false, "injected spike",
        "came after their time and fired at once", "inject earlier, or without --at");

    /// <summary>Events of a network with neurons at pins that were served so late that the neurons were driven with what was
    /// over.</summary>
    public static LossCause LateDrives { get; } = new("late_drives", false, "event",
        "of the network came late for the neurons on the board",
        "write a longer 'step' into the network file, or run fewer software neurons beside the channels");

    /// <summary>Lines of text that the device could not keep.</summary>
    public static LossCause Log { get; } = new("log_lines", false, "log line", "found no place on the device",
        "'neuromcu info' shows the state that they were about");

    /// <summary>Answers of read-outs that the next one replaced before the wire had taken them.</summary>
    public static LossCause Answers { get; } = new("answers", false, "answer", "of a read-out found the one before it unsent and took its place",
        "write a longer 'window' for the read-out, or use --fast where nothing listens or is driven: a fast run waits for the wire");

    /// <summary>Spikes in the record that a board which is a site by itself did not send to its hub.</summary>
    public static LossCause HubUnsent { get; } = new("hub_unsent", false, "spike",
        "did not go to the hub: it did not answer, its time was not known yet, or too many waited",
        "start the hub before the run ('neuromcu hub HUB.yaml'); 'neuromcu board check' reads the address that the board has for it");

    /// <summary>Arrivals that the hub sent and that the board did not get, as far as the hub has said.</summary>
    public static LossCause HubMissing { get; } = new("hub_missing", false, "arrival", "that the hub sent did not come",
        "bring the board nearer to its access point, or let fewer spikes go to it; the hub counts what was lost on the way to it");

    /// <summary>Arrivals that came later than the constant latency of the hub.</summary>
    public static LossCause HubLate { get; } = new("hub_late", false, "arrival", "from the hub came later than its constant latency",
        "write a longer 'delay' under 'latency' into the hub's file");

    /// <summary>Arrivals that found no neuron or no room.</summary>
    public static LossCause HubRefused { get; } = new("hub_refused", false, "arrival",
        "from the hub found no neuron of this network, no room (64 can wait), or a fast run",
        "run the network of the site's file without --fast; 'neuromcu board text BOARD --site SITE.yaml' writes its neurons for the board");

    /// <summary>Gets all causes, in the order in which they are reported.</summary>
    public static IReadOnlyList<LossCause> All => s_all;

    /// <summary>Gets the place in <see cref="All" />.</summary>
    public int Index { get; }

    /// <summary>Gets the name that documents use, such as <c>event_queue</c>.</summary>
    public string Name { get; }

    /// <summary>Gets a value indicating whether it loses spikes.</summary>
    public bool IsSpikes { get; }

    /// <summary>Gets what it loses, one of it.</summary>
    public string Noun { get; }

    /// <summary>Gets what happened to it.</summary>
    public string What { get; }

    /// <summary>Gets what to do, or to type, against it.</summary>
    public string Advice { get; }
}
