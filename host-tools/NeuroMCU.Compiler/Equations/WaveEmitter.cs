// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Models.Machine;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Compiler.Equations;

/// <summary>Computes the waveforms of a population on the device: whole numbers count the time, tables and lines shape it.</summary>
internal sealed class WaveEmitter
{
    private const double ErrorOfSine = 1.0 / 16384;
    private const double ErrorOfPoints = 1.0 / 4096;
    private const int CountBoth = 3;

    private readonly ModelNeurons _neurons;
    private readonly ProgramBuilder _builder;
    private readonly Lowering _lowering;
    private readonly int _step;
    private Register? _number;

    private WaveEmitter(Lowering lowering, int step)
    {
        _lowering = lowering;
        _builder = lowering.Builder;
        _neurons = lowering.Neurons;
        _step = step;
    }

    /// <summary>Emits the waveforms, before everything else of a step.</summary>
    /// <param name="lowering">The population; its inputs are those with the waveforms from here on.</param>
    /// <param name="step">Step in µs.</param>
    /// <exception cref="EquationException">A table would be too large.</exception>
    public static void Emit(Lowering lowering, int step)
    {
        if (lowering.Neurons.Waves.Count == 0)
        {
            return;
        }

        WaveEmitter emitter = new(lowering, step);
        foreach (IGrouping<int, Waveform> waves in lowering.Neurons.Waves.GroupBy(w => w.Input))
        {
            emitter.Input(waves.Key, waves);
        }
    }

    private void Input(int input, IEnumerable<Waveform> waves)
    {
        ModelInput declared = _neurons.Model.Inputs[input];
        Register given = _lowering.OfName(declared.Name);
        List<(double Factor, Register Of)> terms = [];
        foreach (Waveform wave in waves)
        {
            terms.Add(Term(wave));
        }

        double[] start = [.. Enumerable.Range(0, _neurons.Size)
            .Select(n => Math.Clamp(_neurons.Value(declared.Name, n), given.Range.Least, given.Range.Most))];
        Register sum = _builder.Add(declared.Name, given.Range, given.Exponent, Array.TrueForAll(start, v => v.Equals(start[0]))
            ? [start[0]] : start);
        _lowering.Combine(terms, 3);
        (int[] factors, long c, int shift) = ProgramBuilder.Scale(terms, 0, sum.Exponent);
        int[] words =
        [
            sum.Index, given.Index, ProgramBuilder.Raw(given.Range.Least, given.Exponent),
                ProgramBuilder.Raw(given.Range.Most, given.Exponent),
            .. terms.SelectMany((t, i) => new[] { t.Of.Index, factors[i] }), .. ProgramBuilder.Words(c), shift, CountBoth,
        ];
        _builder.Emit(Operation.Advance1 + terms.Count - 1, sum.Name + " = " + given.Name + " + " + ProgramBuilder.Text(terms, 0), words);
        _lowering.UseInput(declared.Name, given, sum);
    }

    private (double Factor, Register Of) Term(Waveform wave)
    {
        Fits(wave);
        bool one = wave.Amplitude.Length == 1;
        double amplitude = one ? wave.Amplitude[0] : 1;
        bool masks = wave.Shape is WaveShape.Step or WaveShape.Pulses;
        Register course = wave.Shape switch
        {
            WaveShape.Step or WaveShape.Pulses => wave.Shape == WaveShape.Step ? Window(wave) ?? Always()
                : Masked(wave, Below(Count(wave), wave.CountsOfWidth(_step)), true),
            WaveShape.Ramp => Ramp(wave),
            WaveShape.Points => Points(wave),
            WaveShape.Triangle => Masked(wave, Triangle(wave), false),
            WaveShape.Sine => Masked(wave, Sine(wave), false),
            _ => Masked(wave, Noise(wave), false),
        };
        if (masks)
        {
            // A mask of ones lets the amplitude through as it is.
            Register height = _builder.Add("amplitude", new Interval(Math.Min(0, wave.Amplitude.Min()), Math.Max(0, wave.Amplitude.Max())),
                null, wave.Amplitude);
            Register let = _builder.Add("pulse", height.Range, height.Exponent);
            _builder.Emit(Operation.And, "pulse = amplitude where on", let.Index, course.Index, height.Index);
            return (1, let);
        }

        if (one)
        {
            return (amplitude, course);
        }

        Register each = _builder.Add("amplitude", new Interval(wave.Amplitude.Min(), wave.Amplitude.Max()), null, wave.Amplitude);
        return (1, _lowering.Product(course, each));
    }

    // What is shorter than a step would be seen in some steps only.
    private void Fits(Waveform wave)
    {
        string least = string.Create(CultureInfo.InvariantCulture, $"{_step} us");
        if (wave.Shape is WaveShape.Triangle or WaveShape.Sine or WaveShape.Pulses && wave.Period < 2 * _step)
        {
            throw new EquationException(null, "has a period shorter than two steps of " + least,
                "write a longer `period`, or a shorter `step` for the network")
            { Place = wave.Location };
        }

        if (wave.Shape == WaveShape.Pulses && wave.Width < _step)
        {
            throw new EquationException(null, "has pulses narrower than a step of " + least,
                "write a `width` of at least " + least + ", or a shorter `step` for the network")
            { Place = wave.Location };
        }
    }

    private Register Constant(string name, int value) => _builder.Add(name, new Interval(Math.Min(0, value), Math.Max(0, value)), 0,
        [value]);

    private Register Always() => Constant("on", -1);

    // Number of the step, from 0.
    private Register Number()
    {
        if (_number == null)
        {
            const int Most = 1 << ProgramBuilder.Bits;
            _number = _builder.Add("step", new Interval(-1, Most), 0, [-1]);
            _builder.Emit(Operation.Advance1, "step = step + 1",
                [_number.Index, _number.Index, 0, Most, _number.Index, 0, .. ProgramBuilder.Words(1), 0, 0]);
        }

        return _number;
    }

    // Place within the period: goes up by a step and back by a period.
    private Register Count(Waveform wave)
    {
        int period = wave.CountsOfPeriod(_step);
        Register count = _builder.Add("place in the period", new Interval(0, 2.0 * period), 0, [wave.CountAt(-1, _step)]);
        Register back = _builder.Add("back", new Interval(-period, period), 0);
        Register whole = Constant("period", period);
        Register over = _builder.Add("over", new Interval(-1, 0), 0);
        _builder.Emit(Operation.Linear1, "place = place + step",
            [count.Index, count.Index, 1, .. ProgramBuilder.Words(wave.CountsOfStep(_step)), 0]);
        _builder.Emit(Operation.Linear1, "back = place - period", [back.Index, count.Index, 1, .. ProgramBuilder.Words(-period), 0]);
        _builder.Emit(Operation.Compare, "over = place >= period", over.Index, count.Index, whole.Index);
        _builder.Emit(Operation.Select, "place = back where over", count.Index, over.Index, back.Index, count.Index);
        return count with { Range = new Interval(0, period) };
    }

    private Register Below(Register count, int limit)
    {
        Register mask = _builder.Add("on", new Interval(-1, 0), 0);
        _builder.Emit(Operation.Compare, "place >= width", mask.Index, count.Index, Constant("width", limit).Index);
        _builder.Emit(Operation.Not, "on = not", mask.Index, mask.Index);
        return mask;
    }

    // A mask between start and stop; null where it is always on.
    private Register? Window(Waveform wave)
    {
        int from = Waveform.FirstStep(wave.Start, _step);
        int to = Waveform.FirstStep(wave.Stop, _step);
        Register? mask = null;
        if (from > 0)
        {
            mask = _builder.Add("begun", new Interval(-1, 0), 0);
            _builder.Emit(Operation.Compare, "step >= start", mask.Index, Number().Index, Constant("start", from).Index);
        }

        if (to < 1 << ProgramBuilder.Bits)
        {
            Register before = Below(Number(), to);
            if (mask != null)
            {
                _builder.Emit(Operation.And, "from start to stop", before.Index, before.Index, mask.Index);
            }

            mask = before;
        }

        return mask;
    }

    private Register Masked(Waveform wave, Register course, bool isMask)
    {
        if (Window(wave) is not { } window)
        {
            return course;
        }

        Register into = _builder.Add(course.Name, isMask ? course.Range
            : new Interval(Math.Min(0, course.Range.Least), Math.Max(0, course.Range.Most)), course.Exponent);
        _builder.Emit(Operation.And, into.Name + " from start to stop", into.Index, course.Index, window.Index);
        return into;
    }

    private Register Ramp(Waveform wave)
    {
        int from = Waveform.FirstStep(wave.Start, _step);
        int to = Math.Max(from, Waveform.FirstStep(wave.Stop, _step));
        if (to == from)
        {
            Register after = _builder.Add("on", new Interval(-1, 0), 0);
            _builder.Emit(Operation.Compare, "step >= stop", after.Index, Number().Index, Constant("stop", to).Index);
            Register jump = _builder.Add("ramp", new Interval(0, 1));
            _builder.Emit(Operation.Linear1, "ramp = 1 where on",
                [jump.Index, after.Index, -ProgramBuilder.Raw(1, jump.Exponent), .. ProgramBuilder.Words(0), 0]);
            return jump;
        }

        Register within = Clipped(Number(), from, to);
        Register ramp = _builder.Add("ramp", new Interval(0, 1));
        _lowering.EmitLinear(ramp, [(1.0 / (to - from), within)], -from / (double)(to - from));
        return ramp;
    }

    private Register Clipped(Register number, int from, int to)
    {
        Register within = _builder.Add("step between", new Interval(from, to), 0);
        _builder.Emit(Operation.Clip, "step between start and stop", within.Index, number.Index, from, to, 0);
        return within;
    }

    private Register Triangle(Waveform wave)
    {
        Register count = Count(wave);
        double period = wave.CountsOfPeriod(_step);
        Register up = _builder.Add("up", new Interval(-1, 3));
        Register down = _builder.Add("down", new Interval(-1, 3));
        Register course = _builder.Add("triangle", new Interval(-1, 1), up.Exponent);
        _lowering.EmitLinear(up, [(4 / period, count)], -1);
        _lowering.EmitLinear(down, [(-4 / period, count)], 3);
        _builder.Emit(Operation.Least, "triangle = least(up, down)", course.Index, up.Index, down.Index);
        return course;
    }

    private Register Sine(Waveform wave)
    {
        Register count = Count(wave);
        double period = wave.CountsOfPeriod(_step);
        return Table("sine", count, x => Math.Sin(2 * Math.PI * x / period), ErrorOfSine);
    }

    private Register Points(Waveform wave)
    {
        PointTable points = wave.Points!;
        int from = Waveform.FirstStep((long)Math.Round(points.X[0] * 1e6), _step);
        int to = Math.Max(from + 1, Waveform.FirstStep((long)Math.Round(points.X[^1] * 1e6), _step));
        Register within = Clipped(Number(), from, to);
        (double[] values, int shift, double error) = Entries(wave, from, to);
        Register course = _builder.Add("points", new Interval(Math.Min(0, values.Min()), Math.Max(0, values.Max())));
        _builder.Emit(Operation.Table, "points = T(step)", course.Index, within.Index, _builder.AddTable(values, course.Exponent), from,
            shift);
        _lowering.Report("step", "points of an input", values.Length, error);
        if (from == 0)
        {
            return course;
        }

        Register begun = _builder.Add("begun", new Interval(-1, 0), 0);
        Register after = _builder.Add(course.Name, course.Range, course.Exponent);
        _builder.Emit(Operation.Compare, "step >= first point", begun.Index, Number().Index, Constant("first", from).Index);
        _builder.Emit(Operation.And, "points from the first on", after.Index, course.Index, begun.Index);
        return after;
    }

    // The widest distance of entries, in steps, at which lines between them hit all steps; at one step they do.
    private (double[] Values, int Shift, double Error) Entries(Waveform wave, int from, int to)
    {
        double[] wanted = new double[to - from + 1];
        for (int i = 0; i < wanted.Length; i++)
        {
            wanted[i] = wave.Points!.At((from + (long)i) * _step * 1e-6);
        }

        double allowed = ErrorOfPoints * wanted.Max(Math.Abs);
        for (int shift = 20; shift >= 0; shift--)
        {
            int entries = (wanted.Length - 1 + (1 << shift) - 1 >> shift) + 1;
            if (entries < 2)
            {
                continue;
            }

            if (entries > VectorProgram.MaxEntries)
            {
                break;
            }

            double[] values = new double[entries];
            for (int i = 0; i < entries; i++)
            {
                values[i] = wave.Points!.At((from + ((long)i << shift)) * _step * 1e-6);
            }

            double error = 0;
            for (int i = 0; i < wanted.Length && error <= allowed; i++)
            {
                int cell = Math.Min(i >> shift, entries - 2);
                error = Math.Max(error,
                    Math.Abs(values[cell] + ((values[cell + 1] - values[cell]) * (i - (cell << shift)) / (1 << shift)) - wanted[i]));
            }

            if (error <= allowed)
            {
                return (values, shift, error / Math.Max(1e-300, wanted.Max(Math.Abs)));
            }
        }

        throw new EquationException(
            null,
            "has a table that would need more than 8192 entries on the device: its points lie on no grid of steps that is wide enough",
            "leave points out, move them to multiples of a longer time, or take a longer `step`")
        { Place = wave.Location };
    }

    private Register Table(string name, Register of, Func<double, double> function, double allowed)
    {
        MadeTable made = TableMaker.Make([function], [(_, _) => allowed], of.Range, of.Exponent)!;
        Register into = _builder.Add(name, new Interval(Math.Min(-1, made.Values[0].Min()), Math.Max(1, made.Values[0].Max())));
        _builder.Emit(Operation.Table, name + " = T(" + of.Name + ")", into.Index, of.Index,
            _builder.AddTable(made.Values[0], into.Exponent), made.Origin, made.Shift);
        _lowering.Report(of.Name, name + " of an input", made.Values[0].Length, made.Error * allowed);
        return into;
    }

    private Register Noise(Waveform wave)
    {
        int number = _neurons.Waves.ToList().IndexOf(wave);
        uint[] start = [.. Enumerable.Range(0, _neurons.Size).Select(n => NoiseSource.Start(wave.Seed, number, n))];
        Register state = _builder.Add("generator", new Interval(int.MinValue, int.MaxValue), 0,
            Array.ConvertAll(start, s => (double)unchecked((int)s)));
        Register drawn = _builder.Add("drawn", new Interval(-NoiseSource.Most, NoiseSource.Most), 0);
        _builder.Emit(Operation.Noise, "random numbers", drawn.Index, state.Index);
        if (wave.Period > _step)
        {
            Register kept = _builder.Add("kept", drawn.Range, 0, [0]);
            Register due = Below(Count(wave), wave.CountsOfStep(_step));
            _builder.Emit(Operation.Select, "kept = drawn where it is time", kept.Index, due.Index, drawn.Index, kept.Index);
            drawn = kept;
        }

        Register course = _builder.Add("noise", new Interval(-NoiseSource.Most / NoiseSource.Deviation,
            NoiseSource.Most / NoiseSource.Deviation));
        _lowering.EmitLinear(course, [(1 / NoiseSource.Deviation, drawn)], 0);
        return course;
    }
}
