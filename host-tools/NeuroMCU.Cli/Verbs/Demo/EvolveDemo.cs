// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Pictures;
using NeuroMCU.Cli.Results;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Laboratory.Evolution;
using NeuroMCU.Recordings.Report;
using Spectre.Console;

namespace NeuroMCU.Cli.Verbs.Demo;

/// <summary>A virgin array of nodes learns two tasks through its own pulses, and keeps them without power.</summary>
internal sealed class EvolveDemo : IDemo
{
    private const string ReportName = "evolve.html";
    private const int Seed = 1;
    private const double Share = 0.1;

    /// <inheritdoc />
    public string Name => "evolve";

    /// <inheritdoc />
    public string Summary => "a virgin array of memory nodes learns where sounds come from, and keeps it without power";

    /// <inheritdoc />
    public async Task<ExitCode> RunAsync(VerbContext context, DemoRequest request, CancellationToken cancellation)
    {
        (string folder, string? figure, _) = request;
        IReadOnlyList<(Presentation Shown, double Heard)> all;
        EvolutionResult directions;
        EvolutionResult broken;
        EvolutionResult orders;
        EvolutionResult counts;
        DirectionTask task;
        using (ProgressLine progress = new(context, "evolving"))
        {
            progress.Report(0, "listening to the recordings");
            all = DirectionPresentations.Shipped();
            cancellation.ThrowIfCancellationRequested();
            task = new DirectionTask(all, DirectionTask.UsualTest);
            progress.Report(0.6, "directions");
            directions = await task.EvolveOnDeviceAsync(Seed, [], cancellation);
            broken = await task.EvolveOnDeviceAsync(Seed, EvolutionResult.Broken(Seed, directions.Before.Count, Share), cancellation);
            progress.Report(0.8, "orders of pulses");
            orders = await OrderTask.EvolveOnDeviceAsync(Seed, counts: false, cancellation);
            counts = await OrderTask.EvolveOnDeviceAsync(Seed, counts: true, cancellation);
        }

        (string Name, double Accuracy)[] yardsticks =
        [
            ("the array before it learned", directions.Virgin),
            ("the array after " + Whole(DirectionTask.Settings.Presentations) + " presentations", directions.Final),
            ("the same after an hour without power", directions.AfterPower),
            ("an array with " + Whole(broken.Stuck) + " nodes found stuck", broken.Final),
            ("a winner placed by hand", task.Placed()),
            ("ridge regression on the same pools", task.Ridge()),
            ("the read-out of the network, within 10°", task.Readout()),
            ("reward-modulated, 3000 presentations, in double precision", task.Rewarded(Seed)),
        ];
        string report = Path.Combine(folder, ReportName);
        HtmlReport page = Page(directions, broken, orders, counts, yardsticks, task);
        page.Save(report);
        PictureFiles.Save(context, figure, () => page);
        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.demo.evolve/1",
                Taught = task.Taught.Select(t => t.Sound).Distinct(),
                TestedSounds = DirectionTask.UsualTest,
                Directions = Document(directions),
                Broken = Document(broken),
                Orders = Document(orders),
                Counts = Document(counts),
                Yardsticks = yardsticks.Select(y => new { y.Name, y.Accuracy }),
                Report = report,
            });
        }
        else
        {
            Print(context, directions, orders, counts, yardsticks);
        }

        context.Say("wrote " + report);
        return ExitCode.Ok;
    }

    private static void Print(VerbContext context, EvolutionResult directions, EvolutionResult orders, EvolutionResult counts,
        IEnumerable<(string Name, double Accuracy)> yardsticks)
    {
        context.WriteLine("Which of seven directions a sound comes from, tested with " + Whole(directions.Tested)
            + " recordings of sounds that were never taught");
        Grid table = Tables.Plain("who", "#right");
        foreach ((string name, double accuracy) in yardsticks)
        {
            Tables.Add(table, name, Percent(accuracy));
        }

        context.Out.Write(table);
        context.WriteLine();
        context.WriteLine("learning  " + string.Join("  ", directions.Curve.Where(c => c.Presentations % 40 == 0)
            .Select(c => Whole(c.Presentations) + ": " + Percent(c.Accuracy))) + "  (" + Whole(directions.Pulses) + " pulses)");
        context.WriteLine();
        context.WriteLine("before" + new string(' ', (2 * directions.Columns) - 4) + "after");
        for (int row = 0; row < directions.Before.Count / directions.Columns; row++)
        {
            context.WriteLine(Shades(directions.Before, directions.Columns, row) + "  " + Shades(directions.After, directions.Columns, row));
        }

        context.WriteLine();
        context.WriteLine("In which order three channels fired before a fourth: " + Percent(orders.Final) + " of " + Whole(orders.Tested)
            + " right, " + Percent(orders.AfterPower) + " after an hour without power, " + Percent(counts.Final) + " from counts of spikes");
    }

    private static string Shades(IReadOnlyList<double> map, int columns, int row)
    {
        const string Scale = " ░▒▓█";
        return string.Concat(Enumerable.Range(0, columns).Select(c =>
        {
            char shade = Scale[Math.Clamp((int)(map[(row * columns) + c] * Scale.Length), 0, Scale.Length - 1)];
            return new string(shade, 2);
        }));
    }

    private static HtmlReport Page(EvolutionResult directions, EvolutionResult broken, EvolutionResult orders, EvolutionResult counts,
        IEnumerable<(string Name, double Accuracy)> yardsticks, DirectionTask task)
    {
        return new HtmlReport("An array that evolves", "8 x 8 lithium-TiOx nodes on the virtual bench learn two tasks through their own pulses")
        { MadeWith = RunFiles.MadeWith }
            .Figure("directions", Percent(directions.Final), FigureTone.Good)
            .Figure("after an hour without power", Percent(directions.AfterPower))
            .Figure("before learning", Percent(directions.Virgin))
            .Figure("orders of pulses", Percent(orders.Final), FigureTone.Good)
            .Add(new TableSection("Directions", ["who", "#right"],
                yardsticks.Select(y => new[] { y.Name, Percent(y.Accuracy) }).ToArray<IReadOnlyList<string>>())
            {
                Note = "Taught with recordings of " + string.Join(", ", task.Taught.Select(t => t.Sound).Distinct()) + "; tested with "
                    + string.Join(", ", DirectionTask.UsualTest) + ", " + Whole(directions.Tested) + " recordings.",
            })
            .Add(new SvgSection("Learning directions", HeatMap.Curves(("directions", directions), ("with broken nodes", broken)))
            {
                Note = "Right answers in the test against presentations: " + Whole(directions.Pulses) + " pulses of learning.",
            })
            .Add(new SvgSection("The array before and after", HeatMap.Svg(directions))
            {
                Note = "Each square is a node, by its reading as a part of full scale: rows are pools of places from left to right, columns directions.",
            })
            .Add(new SvgSection("Learning orders", HeatMap.Curves(("volatile nodes", orders), ("counts of spikes", counts)))
            {
                Note = "Six orders of three channels, 40 ms apart with 8 ms of jitter. A volatile node of each channel remembers for 100 ms; each channel fires once, so that counts say nothing.",
            })
            .Add(new SvgSection("The read-out of orders before and after", HeatMap.Svg(orders)));
    }

    private static object Document(EvolutionResult one) => new
    {
        one.Tested,
        one.Virgin,
        one.Final,
        one.AfterPower,
        one.Pulses,
        one.Stuck,
        Curve = one.Curve.Select(c => new { c.Presentations, c.Accuracy }),
        one.Before,
        one.After,
    };

    private static string Percent(double part) => (100 * part).ToString("0", CultureInfo.InvariantCulture) + " %";

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);
}
