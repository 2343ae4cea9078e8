// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using System.Linq;
using NeuroMCU.Core.Machine;

namespace NeuroMCU.Host.Equations.Programs
{
    /// <summary>Turns the equations of a population into a program: steps of the states from their old values, then spikes and events on the new ones.</summary>
    internal sealed class EquationCompiler
    {
        // What a slow variable may lose to rounding against its drive.
        private const double MostLost = 1.0 / 4096;

        private readonly ModelNeurons _neurons;
        private readonly ModelText _model;
        private readonly double _h;
        private readonly Lowering _lowering;
        private readonly ProgramBuilder _builder;

        private EquationCompiler(ModelNeurons neurons, double h)
        {
            _neurons = neurons;
            _model = neurons.Model;
            _h = h;
            _lowering = new Lowering(neurons, h);
            _builder = _lowering.Builder;
        }

        /// <summary>Compiles.</summary>
        /// <param name="neurons">The model with its values.</param>
        /// <param name="h">Step in seconds.</param>
        /// <param name="inlets">States that synapses add to.</param>
        /// <returns>The program.</returns>
        /// <exception cref="EquationException">The equations do not fit the device's arithmetic.</exception>
        public static EquationProgram Compile(ModelNeurons neurons, double h, IReadOnlyList<int> inlets)
        {
            return new EquationCompiler(neurons, h).Run(inlets);
        }

        private EquationProgram Run(IReadOnlyList<int> inlets)
        {
            IReadOnlyList<Stepping> steppings = Stepping.Of(_neurons, _h);
            StateUpdate update = new(_lowering, _h);
            List<Register> exchanged = [];
            HashSet<string>[] reads = [.. steppings.Select(s => s.Rate.Names())];
            for (int i = _model.States.Count - 1; i >= 0; i--)
            {
                ModelState state = _model.States[i];
                Register own = _lowering.OfName(state.Name);
                CheckResolution(steppings[i], own);
                bool needed = Enumerable.Range(0, i).Any(k => reads[k].Contains(state.Name));
                Register into = needed ? _builder.Add(state.Name + "'", own.Range, own.Exponent) : own;
                update.Emit(steppings[i], own, into, ResetsAbove(state, own));
                if (needed)
                {
                    exchanged.Add(own);
                    exchanged.Add(into);
                }
            }

            for (int i = 0; i < exchanged.Count; i += 2)
            {
                _builder.Emit(Operation.Exchange, exchanged[i].Name + " <-> " + exchanged[i + 1].Name, exchanged[i].Index, exchanged[i + 1].Index);
            }

            _lowering.Forget();
            EventEmitter events = new(_lowering, _h);
            events.Spike();
            foreach (ModelEvent other in _model.Events)
            {
                events.When(other);
            }

            return Finish(inlets, steppings);
        }

        private EquationProgram Finish(IReadOnlyList<int> inlets, IReadOnlyList<Stepping> steppings)
        {
            int states = _model.States.Count;
            Register[] registers = [.. _model.States.Select(s => _lowering.OfName(s.Name)), .. _model.Inputs.Select(i => _lowering.OfName(i.Name))];
            DisplayUnit[] units = [.. _model.States.Select(s => s.Unit), .. _model.Inputs.Select(i => i.Unit)];
            Register? drive = _model.Inputs.Count > 0 ? registers[states] : null;
            int[] visible = [0, drive == null ? 0 : states, .. Enumerable.Range(1, states - 1), .. Enumerable.Range(states, _model.Inputs.Count).Skip(1)];
            VectorProgram program = new()
            {
                Code = _builder.Code,
                Tables = _builder.Tables,
                Start = _builder.Start,
                Drive = drive?.Index ?? -1,
                DriveLeast = drive == null ? 0 : ProgramBuilder.Raw(drive.Range.Least, drive.Exponent),
                DriveMost = drive == null ? 0 : ProgramBuilder.Raw(drive.Range.Most, drive.Exponent),
                Inlets = inlets.SelectMany(i => Inlet(registers[i])).ToArray(),
                Visible = visible.Select(v => registers[v].Index).ToArray(),
            };
            if (program.Code.Length > VectorProgram.MaxWords)
            {
                throw new EquationException(null, "the equations need more than 8192 words of code", "make the model smaller");
            }

            return new EquationProgram
            {
                Program = program,
                Variables = registers.Select((r, i) => new VariableFormat(r.Name, r.Range.Least, r.Range.Most, r.Exponent, units[i], i < states ? MethodOf(steppings[i]) : string.Empty)).ToArray(),
                States = states,
                Inlets = inlets,
                Tables = _lowering.TableReports,
                Listing = _builder.Listing,
                Work = _builder.Work,
                Visible = visible,
            };
        }

        private static string MethodOf(Stepping stepping) => stepping.Exponential ? "exponential" : "euler";

        private static int[] Inlet(Register register)
        {
            return [register.Index, ProgramBuilder.Raw(register.Range.Least, register.Exponent), ProgramBuilder.Raw(register.Range.Most, register.Exponent)];
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

        // Where a step of decay over the whole range is less than this many units, the variable stands still before it is where it should be.
        private void CheckResolution(Stepping stepping, Register own)
        {
            if (stepping.A == null)
            {
                return;
            }

            Interval rate = Ranges.Of(_neurons, stepping.A);
            double slowest = rate.Least <= 0 && rate.Most >= 0 ? 0 : Math.Min(Math.Abs(rate.Least), Math.Abs(rate.Most));
            double lost = slowest == 0 ? 0 : Math.ScaleB(0.5, own.Exponent) / (_h * slowest) / own.Range.Width;
            if (rate.Width == 0 && lost > MostLost)
            {
                throw new EquationException(
                    stepping.State,
                    "`" + stepping.State.Name + "` is so slow against the step that its resolution loses " + (100 * lost).ToString("G2", System.Globalization.CultureInfo.InvariantCulture) + " % of its range",
                    "narrow its `range`, or use a longer step");
            }
        }
    }
}
