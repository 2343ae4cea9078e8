// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Files.Units;
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Laboratory.Models.Stages;
using NeuroMCU.Networks.Equations;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Recordings;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Laboratory.Models.Plots;

/// <summary>Pictures of a model in double precision: response to a step, with what the device makes of it dashed over it; rate over the
/// input, phase plane of two variables, loops of a memory channel.</summary>
public sealed class ModelPlot
{
    // Spikes that a response shows where it is not said how long it is.
    private const int ShownSpikes = 14;
    private const double ShortestResponse = 0.1;
    private const double LongestResponse = 2;
    private const int SweptLevels = 41;
    private const int MostPoints = 4000;
    private const int GridSize = 240;

    private readonly ModelStage _stage;
    private readonly PlotSettings _settings;
    private readonly bool _onlyResponse;
    private readonly double _level;
    private readonly double _base;
    private readonly double _duration;
    private readonly List<ReportSection> _sections = [];
    private readonly List<string> _beside = [];

    private ModelPlot(string nameOrPath, PlotSettings settings, bool onlyResponse = false)
    {
        _settings = settings;
        _onlyResponse = onlyResponse;
        _stage = new ModelStage(nameOrPath, settings.Preset, settings.Step);
        ModelText model = _stage.Model;
        if (!onlyResponse && LoopPlot.Applies(_stage))
        {
            LoopPlot loops = LoopPlot.Of(_stage, settings);
            _sections.AddRange(loops.Sections);
            NotOnDevice = loops.NotOnDevice;
            Shown = "loops of the channel";
            return;
        }

        _level = settings.Input != null ? _stage.ReadInput(settings.Input, "--input") : _stage.Given;
        double? onset = null;
        if (!onlyResponse && _stage.Input != null && model.Spike != null && (_level == 0 || settings.Sweep == null))
        {
            onset = Onset();
        }

        if (_level == 0 && settings.Input == null && onset is { } least and > 0)
        {
            _level = Round(Math.Min(1.5 * least, _stage.InputRange.Most));
        }

        // A model that is given its input from the start is shown with nothing before it.
        _base = _stage.Input == null ? 0 : Math.Clamp(0, _stage.InputRange.Least, _stage.InputRange.Most);
        _duration = settings.Duration ?? Length();
        Shown = _stage.Input == null ? "free run" : "step of " + _stage.Input.Name + " to " + _stage.Input.Unit.Text(_level);
        Response();
        if (!onlyResponse && _stage.Input != null && model.Spike != null)
        {
            Rates(onset);
        }
    }

    /// <summary>What the response is one to.</summary>
    public string Shown { get; }

    /// <summary>Why the model has no curve in the device's arithmetic; null where it has one.</summary>
    public string? NotOnDevice { get; private set; }

    /// <summary>States for which the step is too long, each with its place in the text.</summary>
    public IReadOnlyList<Diagnostic> Findings { get; private set; } = [];

    /// <summary>The plots in order.</summary>
    public IReadOnlyList<ReportSection> Sections => _sections;

    /// <summary>Draws a model.</summary>
    /// <param name="nameOrPath">Name in the library, or path of a file.</param>
    /// <param name="settings">What to show.</param>
    /// <returns>The plots.</returns>
    /// <exception cref="Files.Diagnostics.NetworkFileException">The model has errors, or a setting does not fit it.</exception>
    public static ModelPlot Of(string nameOrPath, PlotSettings settings) => new(nameOrPath, settings);

    /// <summary>Draws what the first state does in several presets beside each other, with the number of spikes of each.</summary>
    /// <param name="nameOrPath">Name in the library, or path of a file.</param>
    /// <param name="presets">The presets, in the order of the pictures.</param>
    /// <param name="settings">What to show; without a duration all are as long as the first one.</param>
    /// <returns>The plots.</returns>
    /// <exception cref="Files.Diagnostics.NetworkFileException">The model has errors, or a setting does not fit it.</exception>
    public static ModelPlot Beside(string nameOrPath, IReadOnlyList<string> presets, PlotSettings settings)
    {
        ModelPlot first = new(nameOrPath, settings with { Preset = presets[0] }, onlyResponse: true);
        foreach (string preset in presets.Skip(1))
        {
            ModelPlot other = new(nameOrPath, settings with { Preset = preset, Duration = first._duration }, onlyResponse: true);
            first._sections.AddRange(other._sections);
            first._beside.Add(preset);
            first.NotOnDevice ??= other.NotOnDevice;
            first.Findings = [.. first.Findings, .. other.Findings];
        }

        // The same ordinate for all, or a silent one would look like a spike.
        LinesSection[] panels = [.. first._sections.Cast<LinesSection>()];
        double[] all = [.. panels.SelectMany(p => p.Series).SelectMany(s => s.Y).Where(double.IsFinite)];
        first._sections.Clear();
        first._sections.AddRange(panels.Select(p => new LinesSection(p.Title, p.XLabel, p.YLabel, p.Series)
        {
            Ordinates = all.Length == 0 ? [] : [all.Min(), all.Max()],
        }));
        return first;
    }

    /// <summary>The plots as a page.</summary>
    /// <returns>The page.</returns>
    public HtmlReport Report()
    {
        ModelText model = _stage.Model;
        string presets = string.Join(", ", [_settings.Preset, .. _beside]);
        string set = presets.Length == 0 ? "default values" : (_beside.Count == 0 ? "preset " : "presets ") + presets;
        HtmlReport report = new(model.Name + (presets.Length == 0 ? string.Empty : ": " + presets),
            model.Title.Length == 0 ? set : model.Title + "; " + set);
        if (NotOnDevice != null)
        {
            report.Figure("not on the device", NotOnDevice);
        }

        report.Figure("shown", Shown).Figure("step", string.Create(CultureInfo.InvariantCulture, $"{_settings.Step} us"));
        foreach (ReportSection section in _sections)
        {
            report.Add(section);
        }

        return report;
    }

    private static double Round(double value)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 1);
        return Math.Round(value / power) * power;
    }

    // Long enough for a number of spikes, whatever the time scale of the model.
    private double Length()
    {
        if (_stage.Model.Spike == null)
        {
            return 0.5;
        }

        List<double> spikes = _stage.Spikes([_level], LongestResponse, ShownSpikes)[0];
        return spikes.Count < ShownSpikes ? Math.Clamp(spikes.Count == 0 ? 0.3 : 2.5 * spikes[^1], 0.3, 0.6)
            : Math.Clamp(1.3 * spikes[^1], ShortestResponse, LongestResponse);
    }

    // The least level that makes it go on firing, or fire at all, within half a second; null where none does.
    private double? Onset() => Onset(4) ?? Onset(1);

    private double? Onset(int enough)
    {
        const double Time = 0.5;
        double most = _stage.InputRange.Most;
        bool Fires(double level) => _stage.Spikes([level], Time, enough)[0].Count >= enough;
        if (most <= 0 || Fires(Math.Max(0, _stage.InputRange.Least)))
        {
            return 0;
        }

        double[] ladder = [.. Enumerable.Range(0, 21).Select(i => most * Math.Pow(0.6, 20 - i))];
        int first = Array.FindIndex(ladder, Fires);
        if (first < 0)
        {
            return null;
        }

        double low = first == 0 ? 0 : ladder[first - 1];
        double high = ladder[first];
        for (int i = 0; i < 7; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Fires(middle) ? (low, middle) : (middle, high);
        }

        return high;
    }

    private void Response()
    {
        ModelText model = _stage.Model;
        bool steps = _stage.Input != null && _level != _base;
        double before = steps ? 0.12 * _duration : 0;
        double after = steps ? 0.15 * _duration : 0;
        double whole = before + _duration + after;
        long count = (long)Math.Round(whole / _stage.H);
        long on = (long)Math.Round(before / _stage.H);
        long off = (long)Math.Round((before + _duration) / _stage.H);
        int every = (int)Math.Max(1, count / MostPoints);
        ModelRun run = _stage.Run([steps ? _base : _level]);
        List<double> times = [];
        List<double>[] values = [.. model.States.Select(_ => new List<double>())];
        List<double> input = [];
        List<double> spikes = [];
        double? peak = Peak();
        List<int> jumps = [];
        StiffnessProbe probe = new(_stage.Neurons, _stage.H);
        (string unit, double scale) = whole < 3 ? ("ms", 1e3) : ("s", 1.0);
        for (long k = 1; k <= count; k++)
        {
            if (steps && (k == on || k == off))
            {
                run.ChangeDrive(0, k == on ? _level - _base : _base - _level);
            }

            bool fired = run.Step(0, null);
            probe.Look(run.Values(0));
            if (fired)
            {
                spikes.Add(k * _stage.H * scale);
            }

            bool shown = fired && peak != null;
            if (shown)
            {
                jumps.Add(times.Count);
            }

            if (k % every == 0 || shown)
            {
                times.Add(k * _stage.H * scale);
                input.Add(_stage.Input == null ? 0 : run.Value(0, model.States.Count) / _stage.Input.Unit.Scale);
                for (int i = 0; i < values.Length; i++)
                {
                    values[i].Add(i == 0 && shown ? peak!.Value : run.Value(0, i) / model.States[i].Unit.Scale);
                }
            }
        }

        Findings = [.. probe.Findings(_settings.Preset.Length == 0 ? string.Empty : " (preset " + _settings.Preset + ")")];
        LineSeries[] device = Device(on, off, count, every, scale, peak);
        double[] t = [.. times];
        string label = "time (" + unit + ")";
        bool resets = model.Spike is { Then.Count: > 0 };
        foreach (IGrouping<string, int> panel in Enumerable.Range(0, _onlyResponse ? 1 : values.Length)
            .GroupBy(i => i == 0 ? "first" : PanelOf(model.States[i])))
        {
            ModelState first = model.States[panel.First()];
            LineSeries[] lines =
            [
                .. panel.Select(i => new LineSeries(model.States[i].Name, t, [.. values[i]], model.States[i].Unit.Symbol, i % 8)
                {
                    Marks = i == 0 && resets && peak == null ? [.. spikes] : [],
                }),
                .. panel.Key == "first" ? device : [],
            ];
            string what = panel.Count() == 1 && first.About.Length > 0 ? Capital(first.About)
                : string.Join(", ", panel.Select(i => model.States[i].Name));
            string title = _onlyResponse ? string.Create(CultureInfo.InvariantCulture, $"{_settings.Preset}: {Spikes(spikes.Count)}")
                : panel.Key == "first" ? "Response: " + Shown : what;
            _sections.Add(new LinesSection(title, label,
                string.Join(", ", panel.Select(i => model.States[i].Name)) + In(first.Unit), lines));
        }

        if (_onlyResponse)
        {
            return;
        }

        if (steps)
        {
            _sections.Add(new LinesSection("Input", label, _stage.Input!.Name + In(_stage.Input.Unit),
                [new LineSeries(_stage.Input.Name, t, [.. input], _stage.Input.Unit.Symbol, 7)])
            { Height = 180 });
        }

        if (model.States.Count == 2)
        {
            PhasePlane(values, Math.Max(0, times.FindIndex(time => time >= on * _stage.H * scale)), jumps);
        }
    }

    private static string Spikes(int count) => count == 1 ? "1 spike" : string.Create(CultureInfo.InvariantCulture, $"{count} spikes");

    // The same in the device's arithmetic, dashed over it; nothing where the model does not fit that.
    private LineSeries[] Device(long on, long off, long count, int every, double scale, double? peak)
    {
        ModelState first = _stage.Model.States[0];
        RunRecording run;
        try
        {
            double from = _stage.Input == null ? _level : _base;
            CompiledNetwork compiled = _stage.Compiled(from, _level, on, off, count);
            run = EngineRun.Run(compiled, compiled.Network.Duration);
        }
        catch (NetworkFileException e)
        {
            NotOnDevice = e.Diagnostics[0].Message;
            return [];
        }

        HashSet<long> fired = [.. run.Spikes.Times];
        TraceRecord trace = run.Traces[0];
        List<double> times = [];
        List<double> values = [];
        for (int i = 0; i < trace.Values.Length; i++)
        {
            bool shown = peak != null && fired.Contains(trace.Times[i]);
            if (trace.Times[i] > 0 && (shown || i % every == 0))
            {
                times.Add(trace.Times[i] * 1e-6 * scale);
                values.Add(shown ? peak!.Value : trace.Values[i]);
            }
        }

        return [new LineSeries(first.Name + ", device", [.. times], [.. values], first.Unit.Symbol, 3, true)];
    }

    // Where a spike takes the first state away from, in its unit; null where nothing is reset there.
    private double? Peak()
    {
        ModelState first = _stage.Model.States[0];
        return _stage.Model.Spike is { When: { Op: Op.AtLeast or Op.Above } when } spike && spike.Then.Any(t => t.State == first.Name)
            && when.Args[0].Op == Op.Name
            && when.Args[0].Name == first.Name && when.Args[1].Names().All(n => _stage.Model.Parameters.Any(p => p.Name == n))
            ? _stage.Neurons.Evaluate(when.Args[1], 0) / first.Unit.Scale : null;
    }

    // States share a panel where they have the same unit and range, such as gates.
    private string PanelOf(ModelState state) => state.Unit.Symbol + state.Dimension + _stage.Neurons.Range(state.Least, state.Most);

    private static string In(DisplayUnit unit) => unit.Symbol is "1" ? string.Empty : " (" + unit.Symbol + ")";

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private void PhasePlane(List<double>[] values, int from, List<int> jumps)
    {
        ModelState x = _stage.Model.States[0];
        ModelState y = _stage.Model.States[1];
        double[] along = [.. values[0].Skip(from)];
        double[] path = [.. values[1].Skip(from)];
        foreach (int jump in jumps.Where(j => j >= from))
        {
            // A reset is no path.
            path[jump - from] = double.NaN;
        }

        // A nullcline may lie far beyond where the trajectory goes.
        double[] xs = Grid(values[0], x, 0.3);
        double[] ys = [];
        (double[] X, double[] Y) driven = ([], []);
        foreach (double margin in new[] { 0.3, 1, 2, 4, 8 })
        {
            ys = Grid(values[1], y, margin);
            driven = Nullcline(_level, 0, xs, ys);
            if (driven.X.Length > 0)
            {
                break;
            }
        }

        List<LineSeries> series = [new LineSeries("trajectory", along, path, string.Empty, 0),
            new LineSeries("d" + x.Name + "/dt = 0", driven.X, driven.Y, string.Empty, 1)];
        if (_base != _level && x.Rate.Names().Contains(_stage.Input?.Name ?? string.Empty))
        {
            (double[] rx, double[] ry) = Nullcline(_base, 0, xs, ys);
            series.Add(new LineSeries("d" + x.Name + "/dt = 0 at rest", rx, ry, string.Empty, 1, true));
        }

        (double[] X, double[] Y) second = Nullcline(_level, 1, xs, ys);
        series.Add(new LineSeries("d" + y.Name + "/dt = 0", second.X, second.Y, string.Empty, 2));
        _sections.Add(new CurvesSection("Phase plane with nullclines", x.Name + In(x.Unit), y.Name + In(y.Unit),
            [.. series.Where(s => s.X.Length > 0)]));
    }

    private (double[] X, double[] Y) Nullcline(double level, int state, double[] xs, double[] ys)
    {
        Func<double[], double[]> rates = _stage.Rates(level);
        double sx = _stage.Model.States[0].Unit.Scale;
        double sy = _stage.Model.States[1].Unit.Scale;
        return Contour.Of((a, b) => rates([a * sx, b * sy])[state], xs, ys);
    }

    // Where the trajectory goes and some way beyond, within the range.
    private double[] Grid(List<double> values, ModelState state, double beyond)
    {
        Interval range = _stage.Neurons.Range(state.Least, state.Most);
        double low = values.Min();
        double high = values.Max();
        double margin = high > low ? beyond * (high - low) : beyond * 0.2 * range.Width / state.Unit.Scale;
        low = Math.Max(low - margin, range.Least / state.Unit.Scale);
        high = Math.Min(high + margin, range.Most / state.Unit.Scale);
        return [.. Enumerable.Range(0, GridSize).Select(i => low + ((high - low) * i / (GridSize - 1.0)))];
    }

    private void Rates(double? onset)
    {
        ModelInput input = _stage.Input!;
        Interval range = _stage.InputRange;
        double from = Math.Max(range.Least, Math.Min(0, 2 * _level));
        double to = Math.Min(range.Most, Math.Max(3 * Math.Max(onset ?? 0, 0), 2 * _level));
        if (_settings.Sweep is { } sweep)
        {
            string[] ends = sweep.Split("..");
            string unit = ends.Length == 2 && Quantity.TrySplit(ends[1], out _, out string symbol) ? symbol : string.Empty;
            from = _stage.ReadInput(ends.Length == 2 && Quantity.TrySplit(ends[0], out _, out string own) && own.Length == 0
                ? ends[0].Trim() + " " + unit : ends[0], "--sweep");
            to = _stage.ReadInput(ends.Length == 2 ? ends[1] : string.Empty, "--sweep");
        }

        if (!(to > from))
        {
            return;
        }

        double[] levels = [.. Enumerable.Range(0, SweptLevels).Select(i => from + ((to - from) * i / (SweptLevels - 1.0)))];
        double window = Math.Clamp(2 * _duration, 0.5, 2);
        List<double>[] spikes = _stage.Spikes(levels, 1.5 * window);
        double[] rates = [.. spikes.Select(s => Rate([.. s.Where(time => time > window / 2)], window))];
        double[] scaled = [.. levels.Select(l => l / input.Unit.Scale)];
        _sections.Add(new LinesSection("Rate over the input", input.Name + In(input.Unit), "rate (Hz)",
            [new LineSeries("f(" + input.Name + ")", scaled, rates, "Hz", 0)])
        {
            Note = string.Create(CultureInfo.InvariantCulture, $"Constant input, mean over {window:0.##} s after {window / 2:0.##} s."),
        });
    }

    // By the intervals where they fill the window, so that it is no multiple of 1/window.
    private static double Rate(double[] spikes, double window)
    {
        double span = spikes.Length < 3 ? 0 : spikes[^1] - spikes[0];
        return span > 0.7 * window ? (spikes.Length - 1) / span : spikes.Length / window;
    }
}
