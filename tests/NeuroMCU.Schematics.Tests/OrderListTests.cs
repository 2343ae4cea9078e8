// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace NeuroMCU.Schematics.Tests;

/// <summary>
/// The lists of what to order are what the sheets say, read here without KiCad; <c>schematics/check</c> compares them with KiCad's.
/// </summary>
public sealed partial class OrderListTests
{
    public static TheoryData<string> Boards => [.. Schematic.Names("", "*.kicad_sch")];

    public static TheoryData<string> Benches => [.. Schematic.Names("order-lists", "*.csv")];

    [Theory]
    [MemberData(nameof(Boards))]
    public void The_list_of_a_board_is_its_sheet(string board)
    {
        Assert.Empty(PartsList.Load(board + "/parts.csv").Differences(Part.OfBoard(board)));
    }

    [Theory]
    [InlineData("\"Value\" \"680k\"", "\"Value\" \"470k\"", "R8: the sheet's value is 470k, the list's 680k")]
    [InlineData("\"MPN\" \"BC557BTA\"", "\"MPN\" \"BC557\"", "Q2: the sheet's part number is onsemi BC557, the list's onsemi BC557BTA")]
    [InlineData("\"Reference\" \"R12\"", "\"Reference\" \"R14\"", "R14 is on the sheet and not in the list")]
    [InlineData("\"Quantity\" \"1\"", "\"Quantity\" \"2\"", "MP1: 2 on the sheet, 1 in the list")]
    [InlineData("DIP-8_W7.62mm\"", "DIP-8_W10.16mm\"", "U1: the sheet's footprint is DIP-8_W10.16mm, the list's DIP-8_W7.62mm")]
    public void A_changed_sheet_no_longer_fits_its_list(string was, string becomes, string expected)
    {
        string sheet = File.ReadAllText(Part.SheetOf("thyristor-neuron"));
        int symbols = sheet.IndexOf("\t(symbol\n", StringComparison.Ordinal);
        string changed = sheet[..symbols] + sheet[symbols..].Replace(was, becomes, StringComparison.Ordinal);
        Assert.Contains(expected, PartsList.Load("thyristor-neuron/parts.csv").Differences(Part.OfSheet(changed)));
    }

    [Theory]
    [MemberData(nameof(Benches))]
    public void The_list_of_a_bench_adds_up_its_boards(string bench)
    {
        IReadOnlyList<Part> carrier = Part.OfBoard(bench);
        (string Board, int Times)[] boards = [(bench, 1), .. carrier.Where(p => p.IsBoard).Select(p => (p.Value, p.Quantity))];
        Assert.True(boards.Length > 1, bench + " carries no board");
        (Part Part, int Pieces)[] bought =
        [
            .. from board in boards
               from part in Part.OfBoard(board.Board)
               where part.Bought && !part.IsBoard
               select (part, part.Quantity * board.Times),
        ];
        Dictionary<string, int> expected = bought.GroupBy(p => p.Part.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(p => p.Pieces), StringComparer.Ordinal);

        PartsList list = PartsList.Load("order-lists/" + bench + ".csv");
        IEnumerable<PartsList.Row> parts = list.Rows.Where(r => !r.IsCircuitBoard);
        Assert.Equal(expected, parts.ToDictionary(r => r.Key, r => r.Quantity, StringComparer.Ordinal));
        Assert.Equal(
            boards.Where(b => File.Exists(Path.ChangeExtension(Part.SheetOf(b.Board), "kicad_pcb"))).Order(),
            list.Rows.Where(r => r.IsCircuitBoard).Select(r => (r["Value"], r.Quantity)).Order());

        decimal most = bought.Sum(p => p.Pieces * p.Part.Limit);
        Assert.Equal(list.Rows.Sum(r => r.Quantity), list.Total.Quantity);
        string sum = most.ToString("F2", CultureInfo.InvariantCulture);
        Assert.Equal($"Total: {list.Rows.Count} lines, below {sum} EUR by the price classes", list.Total["Description"]);
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void The_table_of_the_readme_has_the_rows_of_the_list(string board)
    {
        string page = File.ReadAllText(Path.Combine(Schematic.Root, "schematics", board, "README.md"));
        Assert.All(
            PartsList.Load(board + "/parts.csv").Rows,
            r => Assert.Contains($"| {r.Quantity} | {r["References"]} | {r["Description"]} |", page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_guide_names_the_sums_of_the_lists()
    {
        string guide = File.ReadAllText(Path.Combine(Schematic.Root, "docs/guides/building.md"));
        IEnumerable<(string, string)> named = GuideRow().Matches(guide).Select(m => (m.Groups["list"].Value, m.Groups["sum"].Value));
        IEnumerable<string> lists = Schematic.Names("order-lists", "*.csv").Select(b => "order-lists/" + b + ".csv");
        IEnumerable<(string, string)> sums = lists.Append("synapse/parts.csv")
            .Select(l => (l, Sum().Match(PartsList.Load(l).Total["Description"]).Groups["sum"].Value));
        Assert.Equal(sums.Order(), named.Order());
    }

    [Fact]
    public void The_command_refuses_a_value_without_its_part_number_and_a_list_that_is_not_the_sheets()
    {
        Assert.SkipUnless(OnPath("kicad-cli"), "kicad-cli is missing; schematics/README.md says how to install it");
        string folder = Directory.CreateTempSubdirectory("neuromcu-orders").FullName;
        try
        {
            string[] ofBoard = ["thyristor-neuron.kicad_sch", "README.md", "parts.csv"];
            foreach (string file in ofBoard.Select(f => "thyristor-neuron/" + f).Concat(["orders", "lib.sh"]))
            {
                string copy = Path.Combine(folder, file);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(Path.Combine(Schematic.Root, "schematics", file), copy);
            }

            string sheet = Path.Combine(folder, "thyristor-neuron/thyristor-neuron.kicad_sch");
            string text = File.ReadAllText(sheet);

            string other = text.Replace("\"680k\"", "\"470k\"", StringComparison.Ordinal);
            File.WriteAllText(sheet, other);
            (int code, string said) = Check(folder);
            Assert.Equal(1, code);
            Assert.Contains("thyristor-neuron, R8: value 470k and MPN MFR-25FRF52-680K differ", said, StringComparison.Ordinal);

            other = other.Replace("680 kOhm", "470 kOhm", StringComparison.Ordinal).Replace("-680K", "-470K", StringComparison.Ordinal);
            File.WriteAllText(sheet, other);
            (code, said) = Check(folder);
            Assert.Equal(1, code);
            string next = "schematics/thyristor-neuron/parts.csv is not what the sheets say; next: schematics/orders";
            Assert.Contains(next, said, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (int Code, string Said) Check(string folder)
    {
        ProcessStartInfo start = new("bash", [Path.Combine(folder, "orders"), "--check"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string said = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        return (process.ExitCode, said);
    }

    private static bool OnPath(string program)
    {
        string path = Environment.GetEnvironmentVariable("PATH") ?? "";
        return path.Split(Path.PathSeparator).Any(p => p.Length > 0 && File.Exists(Path.Combine(p, program)));
    }

    [GeneratedRegex(@"\(../../schematics/(?<list>[a-z/-]+\.csv)\) \| (?<sum>[0-9.]+) €", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GuideRow();

    [GeneratedRegex("below (?<sum>[0-9.]+) EUR", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sum();
}
