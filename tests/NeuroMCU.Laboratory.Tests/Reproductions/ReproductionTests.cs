// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Laboratory.Reproductions;
using NeuroMCU.Laboratory.Reproductions.Rows;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Laboratory.Tests.Reproductions;

/// <summary>Every row passes where it is not declared as failing, and fails where it is: the declarations are kept honest.</summary>
public sealed class ReproductionTests
{
    [Fact]
    public void Rows_pass_but_for_those_declared_as_failing()
    {
        string[] surprises = PublishedRows.Results
            .Where(r => r.Counts && r.Pass == r.Row.KnownFailing.Contains(r.Column))
            .Select(r => FormattableString.Invariant(
                $"{r.Row.Name} on {r.Column}: expected {r.Row.Expected} ± {r.Row.Tolerance}, obtained {r.Obtained}, {ReproductionReport.Verdict(r)}"))
            .ToArray();
        Assert.True(surprises.Length == 0, string.Join('\n', surprises));
    }

    [Fact]
    public void Rows_that_fail_say_why_and_no_name_is_used_twice()
    {
        Assert.All(RowList.All, r => Assert.Equal(r.KnownFailing.Count > 0, r.KnownReason is not null));
        Assert.All(RowList.All.Where(r => r.Given is not null), r => Assert.Empty(r.KnownFailing));
        Assert.Distinct(RowList.All.Select(r => r.Name));
        Assert.All(RowList.All.Where(r => r.Columns.Contains(Column.Spice)), r => Assert.NotEmpty(r.SpiceCurrents));
    }

    [Fact]
    public void A_number_that_is_given_never_counts_as_a_pass()
    {
        ReproductionRow row = RowList.All.First(r => r.Name == "w23-rate-60");
        RowResult measured = new RowResult(row, Column.Engine, 22, null);
        RowResult given = measured with { Row = row with { Given = "a constant" } };
        Assert.True(measured.Pass);
        Assert.Equal("pass", ReproductionReport.Verdict(measured));
        Assert.False(given.Pass);
        Assert.False(given.Counts);
        Assert.Equal("given", ReproductionReport.Verdict(given));
        Assert.Equal("a constant", ReproductionReport.Reason(given));
        RowResult failed = measured with { Obtained = 40 };
        RowResult leftOut = measured with { LeftOut = "no simulator" };
        Assert.True(Reproduction.Succeeded([measured, given, leftOut]));
        Assert.All((RowResult[][])[[], [given], [leftOut], [given, leftOut], [measured, failed]],
            results => Assert.False(Reproduction.Succeeded(results)));
        using StringWriter page = new StringWriter();
        ReproductionReport.Make(new CircuitLaboratory(), [measured, given], "test").Write(page);
        Assert.Contains("of 1 measurements pass", page.ToString(), StringComparison.Ordinal);
        Assert.Contains("22&#160;given", page.ToString(), StringComparison.Ordinal);
    }

    // With SPICE at hand it would be measured; a value that could not be measured is no pass either.
    [Fact]
    public void A_failed_simulation_fails_its_row()
    {
        CircuitLaboratory laboratory = new CircuitLaboratory();
        Assert.All(RowList.All.Where(r => r.Columns.Contains(Column.Spice)),
            r => Assert.False(r.Accepts(r.Measure(laboratory, Column.Spice)), r.Name));
    }

    [Fact]
    public void A_row_accepts_what_lies_within_its_tolerance()
    {
        ReproductionRow row = RowList.All.First(r => r.Name == "w23-rate-60");
        Assert.True(row.Accepts(19));
        Assert.True(row.Accepts(25));
        Assert.False(row.Accepts(25.1));
        Assert.False(row.Accepts(double.NaN));
    }

    [Fact]
    public void Motifs_of_the_examples_are_those_of_the_rows_and_compile()
    {
        string folder = Path.Combine(NetworkTexts.Examples(), "motifs");
        Assert.All(Directory.GetFiles(folder, "*.yaml"), file =>
        {
            Network network = NetworkFile.Load(file);
            Assert.Equal(Path.GetFileNameWithoutExtension(file), network.Name);
            Assert.NotEmpty(NetworkCompiler.Compile(network, new CompilerOptions { Twin = true }).Image);
        });
    }

    [Fact]
    public void Bursts_are_split_at_pauses_and_compared()
    {
        double[] a = [0, 0.01, 0.02, 1, 1.01, 1.02, 2, 2.01, 2.02, 3];
        double[] b = [0.5, 0.51, 0.52, 1.5, 1.51, 1.52, 2.5, 2.51, 2.52, 3.5];
        IReadOnlyList<(double First, double Last, int Count)> first = Trains.Settled(a, 0.1, 0);
        IReadOnlyList<(double First, double Last, int Count)> second = Trains.Settled(b, 0.1, 0);
        Assert.Equal(3, first.Count);
        Assert.Equal(1, Trains.Period(first), 9);
        Assert.Equal(0.02, Trains.Length(first), 9);
        Assert.Equal(0, Trains.Overlap(first, second), 9);
        Assert.Equal(1, Trains.Overlap(first, first), 9);
        Assert.Equal(0.5, Trains.Phase(first, second), 9);
        Assert.True(double.IsNaN(Trains.Period([])));
    }
}
