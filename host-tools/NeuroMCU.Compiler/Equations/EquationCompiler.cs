// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Models.Machine;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Compiler.Equations;

/// <summary>Turns the equations of a population into a program: steps of the states from their old values, then spikes and events on
/// the new ones.</summary>
internal sealed class EquationCompiler
{
    // A variable whose largest step has fewer units carries what rounding leaves.
    private const double LeastUnits = 4096;

    private const double LargestError = 1.0 / 4096;
    private const double ErrorWithoutReset = 1.0 / (1 << 20);
    private const double ErrorOfMemory = 1.0 / (1 << 22);

    // What tables may take that are finer than they need be.
    private const int MostTableBytes = 20480;
    private const int MostBytesWithReset = 2560;

    // What they may take where spikes reset a state, and how coarse that may make them.
    private const int MostBytesOfNeed = 10240;
    private const double CoarsestError = 1.0 / 64;

    private readonly ModelNeurons _neurons;
    private readonly ModelText _model;
    private readonly double _step;
    private readonly double _h;
    private readonly Lowering _lowering;
    private readonly ProgramBuilder _builder;
    private readonly bool _takesOut;

    private EquationCompiler(ModelNeurons neurons, double h, double relativeError, Form form, int? room = null)
    {
        _neurons = neurons;
        _model = neurons.Model;
        _step = h;
        _h = h / _model.Substeps;
        _lowering = new Lowering(neurons, _h, relativeError, room) { SharesTables = form.TakesOut, Expands = form.Expands };
        _builder = _lowering.Builder;
        _takesOut = form.TakesOut;
    }

    /// <summary>Compiles.</summary>
    /// <param name="h">Step in seconds.</param>
    /// <returns>The program.</returns>
    /// <exception cref="EquationException">The equations do not fit the device's arithmetic.</exception>
    public static EquationProgram Compile(ModelNeurons neurons, double h, IReadOnlyList<int> inlets)
    {
        // Which form is the cheapest does not depend on how fine its tables are.
        (EquationProgram program, Form form) = Cheapest(neurons, h, inlets);

        // A reset takes the errors of tables away; without one they drift from spike to spike, and what never fires keeps them for good.
        bool resets = neurons.Model.Spike is { Then.Count: > 0 };
        double finest = neurons.Model.Spike == null ? ErrorOfMemory : ErrorWithoutReset;
        int bytes = neurons.Model.TableBytes ?? (resets ? MostBytesWithReset : MostTableBytes);
        if (program.Tables.Count == 0 || Finest(neurons, h, finest, LargestError, bytes, form, inlets) is not { } fine)
        {
            // Steep rates that all but cancel ask for more than they are worth: `model check` says what a coarser table does.
            int most = Math.Max(neurons.Model.TableBytes ?? 0, MostBytesOfNeed);
            return resets && program.Tables.Sum(t => 4 * t.Entries) > most
                ? Finest(neurons, h, LargestError, CoarsestError, most, form, inlets) ?? program : program;
        }

        return fine;
    }

    // The finest tables that there is room for: halves of octaves, where the finer the larger.
    private static EquationProgram? Finest(ModelNeurons neurons, double h, double finest, double coarsest, int bytes, Form form,
        IReadOnlyList<int> inlets)
    {
        EquationProgram? found = null;
        int low = 0;
        int high = (int)Math.Ceiling(2 * Math.Log2(coarsest / finest)) - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            EquationProgram? program = TryCompile(neurons, h, finest * Math.Pow(2, middle / 2.0), bytes, form, inlets);
            (low, high, found) = program == null ? (middle + 1, high, found) : (low, middle - 1, program);
        }

        return found;
    }

    // Null where a table that fine would be too long.
    private static EquationProgram? TryCompile(ModelNeurons neurons, double h, double error, int bytes, Form form,
        IReadOnlyList<int> inlets)
    {
        try
        {
            return new EquationCompiler(neurons, h, error, form, bytes / 4).Run(inlets);
        }
        catch (EquationException)
        {
            return null;
        }
    }

    private static (EquationProgram Program, Form Form) Cheapest(ModelNeurons neurons, double h, IReadOnlyList<int> inlets)
    {
        Form[] forms = neurons.Model.HasStages ? [default, new(false, true)]
            : [default, new(true, false), new(false, true), new(true, true)];
        return forms.Select(f => (Program: new EquationCompiler(neurons, h, LargestError, f).Run(inlets), Form: f))
            .MinBy(p => p.Program.Work);
    }

    // How sums are written: with a state's own value taken out of the products of its rate, with differences multiplied out.
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Form(bool TakesOut, bool Expands);

    private EquationProgram Run(IReadOnlyList<int> inlets)
    {
        IReadOnlyList<Stepping> steppings = Stepping.Of(_neurons, _h);
        StateUpdate update = new(_lowering, _h, _takesOut);
        for (int i = 0; i < _model.States.Count; i++)
        {
            Register own = _lowering.OfName(_model.States[i].Name);
            if (IsSlow(steppings[i], own))
            {
                update.Carry(own, _builder.Add("rest of " + own.Name, new Interval(0, int.MaxValue), 0, [0]));
            }
        }

        WaveEmitter.Emit(_lowering, (int)Math.Round(_step * 1e6));
        for (int i = 0; i < _model.Substeps; i++)
        {
            _lowering.EmitHidden();
            if (_model.HasStages)
            {
                EmitStages(steppings, update);
            }
            else
            {
                EmitStep(steppings, update);
            }

            _lowering.Forget();
        }

        EventEmitter events = new(_lowering, _step);
        events.Spike();
        foreach (ModelEvent other in _model.Events)
        {
            events.When(other);
        }

        return Finish(inlets, steppings, [.. _model.Outputs.Select(Output)]);
    }

    // Computed at the end of each step from the new states.
    private Register Output(ModelOutput output)
    {
        Expr value = _lowering.Known(output.Value);
        Expr atStart = Symbolic.Replace(output.Value, n => _model.StateIndex(n) is >= 0 and int i ? _model.States[i].Start : null);
        Register of = _lowering.Reg(value);
        Register own = _builder.Add(output.Name, of.Range, of.Exponent, _neurons.PerNeuron(atStart));
        _lowering.EmitLinear(own, [(1, of)], 0);
        return own;
    }

    // All rates from the old values: where a state is read after its own update, the new value waits in a register of its own.
    private void EmitStep(IReadOnlyList<Stepping> steppings, StateUpdate update)
    {
        List<Register> exchanged = [];
        HashSet<string>[] reads = [.. steppings.Select(s => s.Rate.Names())];
        List<int> left = [.. Enumerable.Range(0, _model.States.Count)];
        while (left.Count > 0)
        {
            // One that no other still has to read is updated in its place; in a circle, the one that reads most of the others goes first.
            bool IsRead(int n) => left.Exists(k => k != n && reads[k].Contains(_model.States[n].Name));
            int free = left.FindLastIndex(n => !IsRead(n));
            int i = free >= 0 ? left[free] : left.MaxBy(k => left.Count(n => n != k && reads[k].Contains(_model.States[n].Name)));
            left.Remove(i);
            ModelState state = _model.States[i];
            Register own = _lowering.OfName(state.Name);
            Register into = free < 0 ? _builder.Add(state.Name + "'", own.Range, own.Exponent) : own;
            bool resets = ResetsAbove(state, own);
            Within(state, () => update.Emit(steppings[i], own, into, resets));
            if (free < 0)
            {
                exchanged.Add(own);
                exchanged.Add(into);
            }
        }

        for (int i = 0; i < exchanged.Count; i += 2)
        {
            _builder.Emit(Operation.Exchange, exchanged[i].Name + " <-> " + exchanged[i + 1].Name, exchanged[i].Index,
                exchanged[i + 1].Index);
        }
    }

    // What goes wrong in an equation is said at its place.
    private static void Within(ModelState state, Action emit)
    {
        try
        {
            emit();
        }
        catch (EquationException e) when (e.State == null)
        {
            throw new EquationException(state, "d" + state.Name + "/dt: " + e.Message, e.Hint) { IsUnbounded = e.IsUnbounded };
        }
    }

    // midpoint: y1 = y + h/2·f(y), y + h·f(y1). rk4: y1, y2 = y + h/2·f(y1), y3 = y + h·f(y2), (y1 + 2·y2 + y3 − y)/3 + h/6·f(y3).
    private void EmitStages(IReadOnlyList<Stepping> steppings, StateUpdate update)
    {
        Register[] own = [.. _model.States.Select(s => _lowering.OfName(s.Name))];
        bool rk4 = _model.Method == StepMethod.Rk4;
        Register[] from = own;
        Register[] y1 = Stage(steppings, update, own, _h / 2);
        if (rk4)
        {
            Register[] y2 = Stage(steppings, update, own, _h / 2);
            Register[] y3 = Stage(steppings, update, own, _h);
            from = new Register[own.Length];
            for (int i = 0; i < own.Length; i++)
            {
                // Four values of the range weighted with −1, 1, 2, 1 thirds: within 5/3 of its magnitude, which 32 bits hold.
                List<(double, Register)> sum = [(-1 / 3.0, own[i]), (1 / 3.0, y1[i]), (2 / 3.0, y2[i])];
                from[i] = _builder.Add(own[i].Name + " mean", Lowering.Sum([.. sum, (1 / 3.0, y3[i])], 0), own[i].Exponent);
                Register three = _builder.Add(own[i].Name + " mean", Lowering.Sum(sum, 0), own[i].Exponent);
                _lowering.EmitLinear(three, sum, 0);
                _lowering.EmitLinear(from[i], [(1, three), (1 / 3.0, y3[i])], 0);
            }
        }

        for (int i = 0; i < own.Length; i++)
        {
            bool resets = ResetsAbove(_model.States[i], own[i]);
            Within(_model.States[i], () => update.EmitStage(steppings[i], from[i], own[i], rk4 ? _h / 6 : _h, true, resets));
        }

        _lowering.Use(own);
    }

    // The states at a stage become those that rates are evaluated from.
    private Register[] Stage(IReadOnlyList<Stepping> steppings, StateUpdate update, Register[] own, double h)
    {
        Register[] stage = new Register[own.Length];
        for (int i = 0; i < own.Length; i++)
        {
            stage[i] = _builder.Add(own[i].Name + " at a stage", own[i].Range, own[i].Exponent);
            Within(_model.States[i], () => update.EmitStage(steppings[i], own[i], stage[i], h, false, false));
        }

        _lowering.Use(stage);
        return stage;
    }

    private EquationProgram Finish(IReadOnlyList<int> inlets, IReadOnlyList<Stepping> steppings, IReadOnlyList<Register> outputs)
    {
        int states = _model.States.Count;
        int known = states + _model.Inputs.Count;
        Register[] registers =
        [
            .. _model.States.Select(s => _lowering.OfName(s.Name)), .. _model.Inputs.Select(i => _lowering.OfName(i.Name)), .. outputs,
        ];
        DisplayUnit[] units = [.. Enumerable.Range(0, registers.Length).Select(_model.UnitOf)];
        Register? drive = _lowering.Drive;
        int[] visible =
        [
            0, drive == null ? 0 : states, .. Enumerable.Range(1, states - 1), .. Enumerable.Range(states, _model.Inputs.Count).Skip(1),
            .. Enumerable.Range(known, outputs.Count),
        ];
        (int[] code, int[][] start, Func<Register, int> place) = _builder.Finish();
        VectorProgram program = new()
        {
            Code = code,
            Tables = _builder.Tables,
            Start = start,
            Drive = drive == null ? -1 : place(drive),
            DriveLeast = drive == null ? 0 : ProgramBuilder.Raw(drive.Range.Least, drive.Exponent),
            DriveMost = drive == null ? 0 : ProgramBuilder.Raw(drive.Range.Most, drive.Exponent),
            Inlets = inlets.SelectMany(i => Inlet(registers[i], place)).ToArray(),
            Visible = visible.Select(v => place(registers[v])).ToArray(),
        };
        if (program.Code.Length > VectorProgram.MaxWords)
        {
            throw new EquationException(null, "the equations need more than 8192 words of code", "make the model smaller");
        }

        return new EquationProgram
        {
            Program = program,
            Variables = registers.Select((r, i) => new VariableFormat(r.Name, r.Range.Least, r.Range.Most, r.Exponent, units[i], i < states
                ? MethodOf(steppings[i]) : i < known ? "input" : "output")).ToArray(),
            States = states,
            Inlets = inlets,
            Tables = _lowering.TableReports,
            Listing = _builder.Listing,
            Work = _builder.Work,
            Visible = visible,
        };
    }

    private string MethodOf(Stepping stepping) => _model.HasStages ? _model.Method.ToString().ToLowerInvariant() : stepping.Exponential
        ? "exponential" : "euler";

    private static int[] Inlet(Register register, Func<Register, int> place)
    {
        return [place(register), ProgramBuilder.Raw(register.Range.Least, register.Exponent),
            ProgramBuilder.Raw(register.Range.Most, register.Exponent)];
    }

    // The end of the range that a spike takes a variable away from is no end where anything is lost.
    private bool ResetsAbove(ModelState state, Register own)
    {
        if (_model.Spike is not { } spike || !spike.Then.Any(t => string.Equals(t.State, state.Name, StringComparison.Ordinal)))
        {
            return false;
        }

        Expr when = _lowering.Known(spike.When);
        return when.Op is Op.AtLeast or Op.Above
            && when.Args[0].Op == Op.Name
            && string.Equals(when.Args[0].Name, state.Name, StringComparison.Ordinal)
            && when.Args[1].IsNumber
            && when.Args[1].Value <= own.Range.Most;
    }

    // Whether rounding to the register's units would swallow a good part of even the largest step.
    private bool IsSlow(Stepping stepping, Register own)
    {
        double largest = _h * Ranges.Of(_neurons, stepping.Rate).Magnitude;
        return largest > 0 && largest < Math.ScaleB(LeastUnits, own.Exponent);
    }
}
