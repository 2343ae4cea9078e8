// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Compiler.Equations;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Models;

namespace NeuroMCU.Laboratory.Models.Stages;

/// <summary>One neuron in the device's arithmetic, whose network records all its states at each step.</summary>
internal sealed class DeviceNeuron
{
    private readonly NetworkEngine _engine;
    private readonly EquationProgram _program;

    public DeviceNeuron(CompiledNetwork compiled, EquationProgram program)
    {
        _engine = new NetworkEngine(ImageReader.Read(compiled.Image, 0, compiled.Image.Length, ModelList.All));
        _program = program;
        Values = new double[program.States];
    }

    /// <summary>States after the last step, in SI units.</summary>
    public double[] Values { get; }

    /// <summary>Takes it to the next step.</summary>
    /// <param name="time">Its end in µs.</param>
    /// <returns>Whether it fired.</returns>
    public bool Step(long time)
    {
        _engine.Advance(time, int.MaxValue);
        for (int i = 0; i < _engine.Traces.Count; i++)
        {
            int variable = _engine.Traces.IndexAt(i);
            Values[variable] = _engine.Traces.ValueAt(i) * _program.Variables[variable].Resolution;
        }

        bool fired = _engine.Spikes.Count > 0;
        _engine.Traces.Remove(_engine.Traces.Count);
        _engine.Spikes.Remove(_engine.Spikes.Count);
        return fired;
    }
}
