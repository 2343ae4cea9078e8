// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Equations;

/// <summary>The waveforms of a population in double precision.</summary>
internal sealed class WaveRun
{
    private readonly IReadOnlyList<Waveform> _waves;
    private readonly int _step;
    private readonly long[] _number;
    private readonly uint[][] _noise;
    private readonly double[][] _kept;

    /// <summary>Starts waveforms.</summary>
    /// <param name="waves">The waveforms.</param>
    /// <param name="size">Number of neurons.</param>
    /// <param name="step">Step in µs.</param>
    public WaveRun(IReadOnlyList<Waveform> waves, int size, int step)
    {
        _waves = waves;
        _step = step;
        _number = new long[size];
        _noise = [.. Enumerable.Range(0, size).Select(n => waves.Select((w, i) => NoiseSource.Start(w.Seed, i, n)).ToArray())];
        _kept = [.. Enumerable.Range(0, size).Select(_ => new double[waves.Count])];
    }

    /// <summary>Whether there are any.</summary>
    public bool IsEmpty => _waves.Count == 0;

    /// <summary>Takes the waveforms of a neuron to the next step.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="sums">Takes what each input gets, in SI units.</param>
    public void Next(int neuron, double[] sums)
    {
        Array.Clear(sums);
        for (int i = 0; i < _waves.Count; i++)
        {
            Waveform wave = _waves[i];
            sums[wave.Input] += wave.AmplitudeOf(neuron) * (wave.Shape == WaveShape.Noise ? Noise(neuron, i)
                : wave.CourseAt(_number[neuron], _step));
        }

        _number[neuron]++;
    }

    // As on the device a number is drawn in each step, and kept where it is time for one.
    private double Noise(int neuron, int i)
    {
        Waveform wave = _waves[i];
        double drawn = NoiseSource.Draw(ref _noise[neuron][i]) / NoiseSource.Deviation;
        if (wave.CountAt(_number[neuron], _step) < wave.CountsOfStep(_step) || wave.Period <= _step)
        {
            _kept[neuron][i] = drawn;
        }

        return wave.IsOn(_number[neuron], _step) ? _kept[neuron][i] : 0;
    }
}
