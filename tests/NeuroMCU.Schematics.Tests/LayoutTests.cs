// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.RegularExpressions;

namespace NeuroMCU.Schematics.Tests;

/// <summary>
/// The layouts hold the sheets' parts, their connectors carry the nets of the pin tables, and the files for the board house have
/// their holes; read here without KiCad. <c>schematics/check</c> runs KiCad's design rules and compares all connections.
/// </summary>
public sealed partial class LayoutTests
{
    public static TheoryData<string> Layouts => [.. Schematic.Names("", "*.kicad_pcb")];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_layout_holds_the_parts_of_its_sheet(string board)
    {
        // KiCad writes a layout's empty value as ~
        IEnumerable<(string, string, string)> sheet =
            Part.OfBoard(board).Where(p => p.OnBoard).Select(p => (p.Reference, p.Value.Length > 0 ? p.Value : "~", p.Footprint));
        IEnumerable<(string, string, string)> layout =
            from footprint in Footprints(board)
            let reference = footprint.Property("Reference")
            where reference[0] != 'H'
            select (reference, footprint.Property("Value"), footprint.Items[0].Word);
        Assert.Equal(sheet.Order(), layout.Order());
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void The_pads_of_the_connectors_carry_the_nets_of_the_pin_table(string board)
    {
        IEnumerable<(string, string)> pads =
            from footprint in Footprints(board)
            where footprint.Property("Reference")[0] == 'J' && char.IsDigit(footprint.Property("Reference")[1])
            from pad in footprint.All("pad")
            let net = pad.All("net").Single().Items[1].Word
            where !net.StartsWith("unconnected-", StringComparison.Ordinal)
            select (footprint.Property("Reference") + "." + pad.Items[0].Word, net);
        Assert.Equal(Schematic.Of(board).Pins.Order(), pads.Order());
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void The_drill_file_has_every_hole_of_the_layout(string board)
    {
        Expression[] holes = [.. Footprints(board).SelectMany(f => f.All("pad"))];
        int plated = holes.Count(p => p.Items[1].Word == "thru_hole") + Layout(board).All("via").Count();
        Assert.Equal(plated, DrillHits(board, "PTH"));
        Assert.Equal(4, holes.Count(p => p.Items[1].Word == "np_thru_hole"));
        Assert.Equal(4, DrillHits(board, "NPTH"));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void The_board_house_gets_all_layers(string board)
    {
        string[] layers =
        [
            "B_Cu.gbr", "B_Mask.gbr", "B_Silkscreen.gbr", "Edge_Cuts.gbr",
            "F_Cu.gbr", "F_Mask.gbr", "F_Paste.gbr", "F_Silkscreen.gbr", "NPTH.drl", "PTH.drl",
        ];
        IEnumerable<string> files = Directory.EnumerateFiles(Path.Combine(Schematic.Root, "schematics", board, "gerbers"));
        Assert.Equal(layers.Select(l => board + "-" + l), files.Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Modules_meet_the_sockets_of_the_carrier_pin_by_pin()
    {
        // Seen from the side of the parts, a module's pins run in the order in which the carrier's sockets run, at the same distances.
        Assert.Equal(Spacing("starter-bench", "J3"), Spacing("thyristor-neuron", "J1"));
        Assert.Equal(Spacing("starter-bench", "J4"), Spacing("thyristor-neuron", "J1"));
        Assert.Equal(Spacing("starter-bench", "J11"), Spacing("synapse", "J1"));
        Assert.Equal(Spacing("starter-bench", "J12"), Spacing("synapse", "J1"));
        Assert.Equal(Spacing("starter-bench", "J5", "J6"), Spacing("spike-detector", "J1", "J2"));
        Assert.Equal(Spacing("starter-bench", "J7", "J8"), Spacing("spike-detector", "J1", "J2"));
    }

    private static Expression Layout(string board)
    {
        return Expression.Load(Path.ChangeExtension(Part.SheetOf(board), "kicad_pcb"));
    }

    private static IEnumerable<Expression> Footprints(string board)
    {
        return Layout(board).All("footprint");
    }

    private static int DrillHits(string board, string kind)
    {
        string file = Path.Combine(Schematic.Root, "schematics", board, "gerbers", board + "-" + kind + ".drl");
        return File.ReadLines(file).Count(l => Hit().IsMatch(l));
    }

    // Distance of every pad from pad 1 of the first connector along the row, in micrometres.
    private static int[] Spacing(string board, params string[] connectors)
    {
        Expression[] found = [.. connectors.Select(c => Footprints(board).Single(f => f.Property("Reference") == c))];
        Assert.All(found, f => Assert.Equal("-90", f.All("at").Single().Items[2].Word));
        // turned by -90 degrees, a pad that lies below pad 1 in the library lies to its left
        double[] left = [.. found.SelectMany(f => f.All("pad").Select(p => X(f, 0) - X(p, 1)))];
        return [.. left.Select(x => (int)Math.Round((left[0] - x) * 1000))];
    }

    private static double X(Expression item, int index)
    {
        return double.Parse(item.All("at").Single().Items[index].Word, System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^X-?[0-9.]+Y-?[0-9.]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hit();
}
