// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Compiler.Equations;
using NeuroMCU.Laboratory.Models.Stages;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Laboratory.Models;

/// <summary>How closely a neuron of the device keeps to double precision at the same steps.</summary>
public sealed record ConformanceFigures
{
    /// <summary>Spikes of the device.</summary>
    public required long Spikes { get; init; }

    /// <summary>Spikes of double precision that runs by itself.</summary>
    public required long SpikesDouble { get; init; }

    /// <summary>Steps on which double precision, set to the state of the device after each such step, disagreed about a spike.</summary>
    public required long Slips { get; init; }

    /// <summary>The same of double precision that is set to the state of the device after each spike as well: what the arithmetic does
    /// within one interval, before neighbours that part make more of it.</summary>
    public required long SlipsOfIntervals { get; init; }

    /// <summary>The errors of that.</summary>
    public required IReadOnlyList<VariableError> ErrorsOfIntervals { get; init; }

    /// <summary>The same where nothing but the resolution of the states differs: double precision whose states are rounded to the
    /// device's units after each step.</summary>
    public required long SlipsOfRounding { get; init; }

    /// <summary>The same of double precision whose states change by their last bit after each step: no arithmetic slips less.</summary>
    public required long SlipsOfLastBit { get; init; }

    /// <summary>Spikes within 1 ms over segments of 100 ms, each from the device's state, as a part of the larger number; 1 without
    /// spikes.</summary>
    public required double WithinMillisecond { get; init; }

    /// <summary>How far the variables are apart on steps on which both agree about spikes.</summary>
    public required IReadOnlyList<VariableError> Errors { get; init; }

    /// <summary>The same of double precision whose states change by their last bit.</summary>
    public required IReadOnlyList<VariableError> ErrorsOfLastBit { get; init; }

    /// <summary>Slips for each spike of the device; 0 without slips.</summary>
    public double SlipsPerSpike => PerSpike(Slips);

    /// <summary>Slips within intervals, for each spike of the device.</summary>
    public double SlipsOfIntervalsPerSpike => PerSpike(SlipsOfIntervals);

    /// <summary>Slips that rounding alone causes, for each spike of the device.</summary>
    public double SlipsOfRoundingPerSpike => PerSpike(SlipsOfRounding);

    /// <summary>Slips that the last bit of a double causes, for each spike of the device.</summary>
    public double SlipsOfLastBitPerSpike => PerSpike(SlipsOfLastBit);

    private double PerSpike(long slips) => slips == 0 ? 0 : (double)slips / Math.Max(1, Spikes);
}

/// <summary>One neuron of the device, and double precision beside it in four ways: by itself, following it, following as closely as its
/// resolution allows and as closely as anything can, and from segment to segment.</summary>
internal sealed class Conformance
{
    private readonly DeviceNeuron _device;
    private readonly Follower _following;
    private readonly Follower _fromSpikes;
    private readonly DisturbedNeuron _rounded;
    private readonly Follower _ofRounded;
    private readonly DisturbedNeuron _lastBit;
    private readonly Follower _ofLastBit;
    private readonly SegmentMatch _segments;
    private long _spikesDouble;

    /// <summary>Sets all of them up at the start.</summary>
    /// <param name="compiled">Network of one neuron that records its states at each step.</param>
    /// <param name="h">Step in seconds.</param>
    public Conformance(CompiledNetwork compiled, double h)
    {
        ModelNeurons neurons = compiled.Network.Populations[0].Equations!;
        EquationProgram program = compiled.Report.Equations[0]!;
        Free = new ModelRun(neurons, h);
        _device = new DeviceNeuron(compiled, program);
        _following = new Follower(neurons, program, h);
        _fromSpikes = new Follower(neurons, program, h, atSpikes: true);
        _rounded = DisturbedNeuron.Rounded(neurons, program, h);
        _ofRounded = new Follower(neurons, program, h);
        _lastBit = DisturbedNeuron.LastBit(neurons, program, h);
        _ofLastBit = new Follower(neurons, program, h);
        _segments = new SegmentMatch(neurons, program, h);
    }

    /// <summary>Double precision that runs by itself.</summary>
    public ModelRun Free { get; }

    /// <summary>States of the device after the last step, in SI units.</summary>
    public double[] Values => _device.Values;

    /// <summary>Spikes of the device so far.</summary>
    public long Spikes => _following.Spikes;

    /// <summary>What was seen so far.</summary>
    public ConformanceFigures Figures => new()
    {
        Spikes = _following.Spikes,
        SpikesDouble = _spikesDouble,
        Slips = _following.Slips,
        SlipsOfIntervals = _fromSpikes.Slips,
        ErrorsOfIntervals = _fromSpikes.Errors,
        SlipsOfRounding = _ofRounded.Slips,
        SlipsOfLastBit = _ofLastBit.Slips,
        WithinMillisecond = _segments.Share,
        Errors = _following.Errors,
        ErrorsOfLastBit = _ofLastBit.Errors,
    };

    /// <summary>Takes all a step on.</summary>
    /// <param name="time">Its end in µs.</param>
    public void Step(long time)
    {
        bool fired = _device.Step(time);
        _following.Compare(fired, _device.Values);
        _fromSpikes.Compare(fired, _device.Values);
        _segments.Compare(fired, _device.Values);
        _ofRounded.Compare(_rounded.Step(), _rounded.Values);
        _ofLastBit.Compare(_lastBit.Step(), _lastBit.Values);
        _spikesDouble += Free.Step(0, null) ? 1 : 0;
    }
}
