// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Compiler.Sites;
using NeuroMCU.Internet.Desk;
using NeuroMCU.Networks.Sites;
using NeuroMCU.Recordings.Report;
using Spectre.Console;

namespace NeuroMCU.Cli.Terminal;

/// <summary>How a network is spread over boards, for people and for documents.</summary>
internal static class SiteText
{
    private static readonly string[] s_plan = ["site", "#neurons", "#synapses", "#heap", "#of", "#load", "what runs there"];
    private static readonly string[] s_result = ["site", "#neurons", "#synapses", "#spikes", "#from other boards", "#lost"];

    /// <summary>Prints which site has what, and what goes over the wire.</summary>
    public static void Plan(VerbContext context, SiteImages images)
    {
        Grid table = Tables.Plain(s_plan);
        for (int s = 0; s < images.Boards.Count; s++)
        {
            NetworkPart part = images.Split.Parts[s];
            Tables.Add(table, images.Boards[s] is { } board
                ? [part.Site.Name, Whole(Neurons(part)), Whole(board.Report.Synapses), Figures.Bytes(board.Report.HeapBytes),
                    board.Report.HeapLimit == int.MaxValue ? "no limit" : Figures.Bytes(board.Report.HeapLimit),
                    Figures.Short(board.Report.DeviceLoad), Names(part)]
                : [part.Site.Name, "0", "0", string.Empty, string.Empty, string.Empty, "nothing"]);
        }

        context.Out.Write(table);
        foreach (string line in Cut(images))
        {
            context.WriteLine(line);
        }
    }

    /// <summary>What is cut, and why so.</summary>
    /// <returns>Sentences.</returns>
    public static IReadOnlyList<string> Cut(SiteImages images)
    {
        Placement placement = images.Placement;
        NetworkSplit split = images.Split;
        string cut = $"over the wire ({Figures.Time(split.Wire)}): {Figures.Short(placement.Traffic)} spikes/s through "
            + $"{Figures.Count(split.CrossingSynapses, "synapse")}; {Figures.Short(100 * placement.Local)} % of what synapses carry from neuron to neuron stays on its board";
        string why = placement.Chosen == 0 ? "the file says where each population is"
            : $"the compiler chose the site of {Figures.Count(placement.Chosen, "neuron")}, for the least traffic at rates of a pilot run, at even load; laid "
                + $"out in turn it would be {Figures.Short(placement.TrafficInTurn)} spikes/s";
        string[] idle = [.. split.Parts.Where((_, s) => images.Boards[s] is null).Select(p => p.Site.Name)];
        string[] unused = idle.Length == 0 ? []
            : [$"{string.Join(", ", idle)} {(idle.Length == 1 ? "has" : "have")} nothing to do: the network is small, or its parts talk faster than the wire and stay together"];
        return split.LengthenedSynapses == 0 ? [cut, why, .. unused]
            : [cut, why, .. unused, $"{Figures.Count(split.LengthenedSynapses, "synapse")} of these {(split.LengthenedSynapses == 1 ? "is" : "are")} slower than the file says, by up to {Figures.Time(split.MostLengthened)}"];
    }

    /// <summary>The plan as a document.</summary>
    /// <returns>An entry for each site, and what goes over the wire.</returns>
    public static object Document(SiteImages images) => new
    {
        WireUs = images.Split.Wire,
        images.Split.CrossingSynapses,
        images.Split.LengthenedSynapses,
        MostLengthenedUs = images.Split.MostLengthened,
        TrafficHz = images.Placement.Traffic,
        TrafficInTurnHz = images.Placement.TrafficInTurn,
        LocalShare = images.Placement.Local,
        ChosenNeurons = images.Placement.Chosen,
        Boards = images.Split.Parts.Select((part, s) => new
        {
            Site = part.Site.Name,
            part.Site.Device,
            Neurons = Neurons(part),
            Synapses = images.Boards[s]?.Report.Synapses ?? 0,
            HeapBytes = images.Boards[s]?.Report.HeapBytes ?? 0,
            HeapLimit = images.Boards[s]?.Report.HeapLimit,
            ImageBytes = images.Boards[s]?.Report.ImageBytes ?? 0,
            DeviceLoad = images.Boards[s]?.Report.DeviceLoad,
            Populations = part.Populations.Where(p => p.Role == PartRole.Home)
                .Select(p => new { p.Whole.Name, Neurons = p.Members.Length }),
        }),
    };

    /// <summary>Prints what the boards did.</summary>
    public static void Result(VerbContext context, SiteImages images, DeskResult result)
    {
        Grid table = Tables.Plain(s_result);
        foreach (string[] row in Rows(images, result))
        {
            Tables.Add(table, row);
        }

        context.Out.Write(table);
        context.WriteLine(Sentence(images, result));
    }

    /// <summary>What the boards did, for a report.</summary>
    /// <returns>The section.</returns>
    public static TableSection Section(SiteImages images, DeskResult result)
        => new("Boards", s_result, [.. Rows(images, result)]) { Note = string.Join(". ", [Sentence(images, result), .. Cut(images)]) + "." };

    /// <summary>What the boards did, as a document.</summary>
    /// <returns>An entry for each board.</returns>
    public static object Document(DeskResult result) => new
    {
        SpikesOnWire = result.OnWire,
        result.Slices,
        ElapsedS = result.Elapsed.TotalSeconds,
        BehindUs = (long?)result.Behind?.TotalMicroseconds,
        Boards = result.Boards.Select(b => new
        {
            Site = b.Part.Site.Name,
            Device = b.Run.RanOn,
            Spikes = b.Run.Spikes.Count,
            FromOtherBoards = b.Taken,
            UnderWayAtEnd = b.UnderWay,
            b.Run.Lost,
            Losses = b.Run.Losses.ByName,
            b.Run.EndedEarly,
        }),
    };

    private static string Sentence(SiteImages images, DeskResult result)
        => $"{Figures.Count(result.OnWire, "spike")} went over the wire, each {Figures.Time(images.Split.Wire)} after it was fired; the boards went on {result.Slices} times "
            + (result.Behind is { } behind ? $"together, {Pace(behind)}"
                : $"together, {Figures.Short(result.Run.Duration / 1e6 / Math.Max(1e-6, result.Elapsed.TotalSeconds))} times real time");

    private static IEnumerable<string[]> Rows(SiteImages images, DeskResult result) => result.Boards.Select(b => new[]
    {
        b.Part.Site.Name, Whole(Neurons(b.Part)), Whole(b.Part.Network.SynapseCount), Whole(b.Run.Spikes.Count), Whole(b.Taken),
        Whole(b.Run.Lost),
    });

    private static int Neurons(NetworkPart part) => part.Populations.Where(p => p.Role == PartRole.Home).Sum(p => p.Members.Length);

    private static string Names(NetworkPart part)
    {
        string[] names = [.. part.Populations.Where(p => p.Role == PartRole.Home)
            .Select(p => p.Members.Length == p.Whole.Size ? p.Whole.Name : $"{p.Whole.Name} ({p.Members.Length} of {p.Whole.Size})")];
        return names.Length <= 4 ? string.Join(", ", names) : string.Join(", ", names[..3]) + $" and {names.Length - 3} more";
    }

    private static string Whole(long value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    // A second is more than a pause of the machine: the boards can't keep up.
    private static string Pace(TimeSpan behind)
    {
        string time = Figures.Time((long)behind.TotalMicroseconds);
        return behind.TotalSeconds < 1 ? $"in step with the clock on the wall, at most {time} behind it"
            : $"but not in real time: they fell {time} behind the clock on the wall (--fast gives them the time that they need)";
    }
}
