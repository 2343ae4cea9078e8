// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;
using NeuroMCU.Parts;
using NeuroMCU.Reference;
using NeuroMCU.VirtualBench.Circuits;

namespace NeuroMCU.Laboratory.Reproductions;

/// <summary>The circuits of one population with their synapses.</summary>
internal sealed class CircuitGroup
{
    private readonly Population _population;
    private readonly INeuronCircuit[] _circuits;
    private readonly DriveInput[] _drives;
    private readonly SynapseBlock _block;
    private readonly double[] _packets;
    private readonly double[] _currents;
    private readonly double[] _somas;
    private readonly double _step;

    /// <summary>Builds the circuits; an input population has none.</summary>
    public CircuitGroup(Network network, Population population)
    {
        if (!population.IsSource && population.PartOf(0) is null)
        {
            throw new NotSupportedException("the population " + population.Name + " is no circuit");
        }

        _population = population;
        int size = population.IsSource ? 0 : population.Size;
        _circuits = Enumerable.Range(0, size).Select(i => Circuit(population, i)).ToArray();
        _drives = network.Drives.Where(d => d.Population == population).ToArray();
        _block = new SynapseBlock(population, network.Step);
        _packets = new double[size];
        _currents = new double[size];
        _somas = new double[size];
        _step = network.Step * 1e-6;
    }

    /// <summary>Current into a neuron in this step.</summary>
    /// <returns>Current in A.</returns>
    public double Current(int neuron) => _currents[neuron];

    /// <summary>Voltage of a membrane; of a bursting neuron that of its soma, as the models record it.</summary>
    /// <param name="time">Begin of the last step in µs.</param>
    /// <returns>Voltage in V.</returns>
    public double Membrane(int neuron, long time) => _circuits[neuron] is BurstingCircuit ? _somas[neuron]
        : _circuits[neuron].Membrane(time * 1e-6);

    /// <summary>Charge arrives.</summary>
    public void Receive(Arrival arrival)
    {
        if (arrival.Receptor < 0)
        {
            _packets[arrival.Neuron] += arrival.Charge * 1e-9;
        }
        else
        {
            _block.Receive(arrival.Receptor, arrival.Neuron, arrival.Charge * 1e-9);
        }
    }

    /// <summary>Sets the drives and lets the circuits go on for a step.</summary>
    /// <param name="time">Begin of the step in µs.</param>
    /// <param name="length">Its length in µs.</param>
    public void Step(long time, long length, List<(long Time, int Neuron)> spikes)
    {
        for (int i = 0; i < _circuits.Length; i++)
        {
            int neuron = i;
            double current = _population.Value("bias", i) * 1e-6;
            foreach (DriveInput drive in _drives)
            {
                bool on = time >= drive.Start && time < drive.Stop && i >= drive.First && i < drive.First + drive.Count;
                current += on ? drive.Amplitude * 1e-6 : 0;
            }

            current += _block.IsEmpty ? 0 : _block.Step(i);
            _currents[i] = current;
            _somas[i] = _circuits[i] is BurstingCircuit bursting ? bursting.Output(time * 1e-6) : 0;
            _circuits[i].Fired = at => spikes.Add(((long)Math.Ceiling(at * 1e6), _population.FirstNeuron + neuron));
            _circuits[i].Drive(time * 1e-6, current + (_packets[i] / _step));
            _packets[i] = 0;
            _circuits[i].Advance((time + length) * 1e-6);
        }
    }

    private static INeuronCircuit Circuit(Population population, int neuron)
    {
        NeuronPart part = population.PartOf(neuron)!;
        return part.Kind switch
        {
            NeuronKind.Thyristor => new ThyristorCircuit(part.Cell!),
            NeuronKind.Bursting => new BurstingCircuit(part.Bursting!),
            _ => throw new NotSupportedException("no circuit of the virtual bench stands for " + part.Kind),
        };
    }
}
