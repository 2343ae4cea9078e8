// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Contracts
{
    /// <summary>
    /// A network as tables of integers: what an image holds, what the compiler fills in and what the engine runs on.
    /// The image reader allocates each array once, with the size that the image declares; nothing grows afterwards.
    /// </summary>
    public sealed class NetworkTables
    {
        /// <summary>Step of all clocked populations in µs, 10 to 100 000.</summary>
        public int Step;

        /// <summary>Board that the image is bound to: CRC-32 of the profile's name in UTF-8; 0 runs on any board.</summary>
        public uint BoardId;

        /// <summary>Spikes that may travel along axons at the same time (places in the event queue).</summary>
        public int QueueCapacity;

        /// <summary>Spikes that may wait for the wire.</summary>
        public int SpikeCapacity;

        /// <summary>Populations in order; global neuron indices run through them in this order.</summary>
        public PopulationTable[] Populations;

        /// <summary>Projections in order; synapse indices run through them in this order.</summary>
        public ProjectionTable[] Projections;

        /// <summary>Stored input spikes: time in µs since start, ascending.</summary>
        public int[] SpikeTimes;

        /// <summary>Stored input spikes: global index of the source neuron, parallel to <see cref="SpikeTimes" />.</summary>
        public short[] SpikeSources;

        /// <summary>Poisson sources.</summary>
        public PoissonTable[] PoissonSources;

        /// <summary>Steps of constant drive.</summary>
        public DriveTable[] Drives;

        /// <summary>Membrane traces to record.</summary>
        public TraceTable[] Traces;

        /// <summary>Population read-outs.</summary>
        public ReadoutTable[] Readouts;

        /// <summary>Microphone front ends that drive source populations.</summary>
        public HearingTable[] Hearing;

        /// <summary>Bindings of read-outs and neurons to outputs of the board.</summary>
        public OutputTable[] Outputs;

        /// <summary>Drive tables of the board's channels that the network uses.</summary>
        public ChannelTable[] Channels;

        /// <summary>Rules by which projections learn.</summary>
        public LearningTable[] Learning;

        /// <summary>Names and physical units for the host, as UTF-8 text; the device keeps and returns it unread.</summary>
        public byte[] Symbols;
    }

    /// <summary>One population: a model, its size and its parameters (arrays of length 1 are uniform, of length Size per neuron).</summary>
    public sealed class PopulationTable
    {
        /// <summary>The model: its number stands in the image.</summary>
        public Model Model;

        /// <summary>Update scheme, one of <see cref="UpdateKind" />.</summary>
        public int Update;

        /// <summary>True when the spikes of this population go into the spike record.</summary>
        public bool Recorded;

        /// <summary>Number of neurons, 1 to 4096.</summary>
        public int Size;

        /// <summary>
        /// Parameters, one array per parameter (of length 1 or Size), at the places that the model names. Empty for sources and
        /// equations.
        /// </summary>
        public long[][] Parameters;

        /// <summary>Program of a population of equations; null for all others.</summary>
        public VectorProgram Program;

        /// <summary>Receptors of the population's synapse block; empty when there is none.</summary>
        public ReceptorTable[] Receptors;

        /// <summary>Channel of the board that each neuron is; empty when the neurons are computed.</summary>
        public int[] Channels;
    }

    /// <summary>One receptor of a synapse block: one or two filter stages in a row.</summary>
    public sealed class ReceptorTable
    {
        /// <summary>Number of stages, 1 or 2.</summary>
        public int Stages;

        /// <summary>True when the current is taken out of the membrane.</summary>
        public bool Inhibitory;

        /// <summary>Decay over one step of the network, exp(−h/τ), Q0.31.</summary>
        public int Decay;
    }

    /// <summary>How a channel of the board is driven: the code of its converter for a current, straight lines between the points.</summary>
    public sealed class ChannelTable
    {
        /// <summary>Number of the channel in the board profile.</summary>
        public int Channel;

        /// <summary>CRC-32 of the id of the device that was calibrated; 0 for the nominal transfer of the profile, which fits
        /// any.</summary>
        public uint Calibration;

        /// <summary>Largest code that the network may send.</summary>
        public int MaxCode;

        /// <summary>Currents of the points, ascending, in units of 2^-12 nA.</summary>
        public int[] Currents;

        /// <summary>Codes of the points, not falling, 0 to 65535.</summary>
        public int[] Codes;
    }

    /// <summary>
    /// Synapses from one population to another in compressed rows, one row per source neuron, each row sorted by delay, then target.
    /// </summary>
    public sealed class ProjectionTable
    {
        /// <summary>Index of the source population.</summary>
        public int Source;

        /// <summary>Index of the target population.</summary>
        public int Target;

        /// <summary>
        /// Receptor: 0 excitatory or delta, 1 inhibitory (its own time constant in exponential populations). For targets that are
        /// driven by currents: index in their receptors, or <see cref="Numerics.Formats.DeltaReceptor" />.
        /// </summary>
        public int Receptor;

        /// <summary>
        /// Membrane increment in Q8.24 per unit of a 16-bit weight; onto a receptor, charge per step of the network in units of 2^-8 nA
        /// times the step.
        /// </summary>
        public int WeightScale;

        /// <summary>Start of each row in the synapse arrays; Size of the source + 1 values.</summary>
        public int[] RowStart;

        /// <summary>delay in µs &lt;&lt; 12 | target index within the population.</summary>
        public int[] Synapses;

        /// <summary>Weights, −32767 to 32767, parallel to <see cref="Synapses" />.</summary>
        public short[] Weights;
    }

    /// <summary>Independent Poisson trains for neighbouring source neurons.</summary>
    public sealed class PoissonTable
    {
        /// <summary>First source neuron (global index).</summary>
        public int First;

        /// <summary>Number of source neurons.</summary>
        public int Count;

        /// <summary>Mean interval in µs.</summary>
        public int MeanInterval;

        /// <summary>Seed; neuron k of the range draws from a generator seeded with Seed + k.</summary>
        public uint Seed;

        /// <summary>First µs of the train.</summary>
        public int Start;

        /// <summary>End of the train in µs (exclusive); int.MaxValue for none.</summary>
        public int Stop;
    }

    /// <summary>A step of constant drive to neighbouring neurons: the equilibrium or the current rises by Amplitude from Start to
    /// Stop.</summary>
    public sealed class DriveTable
    {
        /// <summary>Population.</summary>
        public int Population;

        /// <summary>First neuron within the population.</summary>
        public int First;

        /// <summary>Number of neurons.</summary>
        public int Count;

        /// <summary>Change of the equilibrium, Q8.24; where neurons are driven by currents, of these, in the population's unit.</summary>
        public int Amplitude;

        /// <summary>Begin in µs.</summary>
        public int Start;

        /// <summary>End in µs (exclusive); int.MaxValue for none.</summary>
        public int Stop;
    }

    /// <summary>A trace: the value of one neuron at every multiple of Interval.</summary>
    public sealed class TraceTable
    {
        /// <summary>Neuron (global index), or the synapse (index over all projections) whose weight is sampled.</summary>
        public int Neuron;

        /// <summary>Interval between samples in µs.</summary>
        public int Interval;

        /// <summary>What is sampled, one of <see cref="TraceQuantity" />.</summary>
        public int Quantity;
    }

    /// <summary>Reads a quantity from the spikes of one or several populations.</summary>
    public sealed class ReadoutTable
    {
        /// <summary>How, one of <see cref="ReadoutKind" />.</summary>
        public int Kind;

        /// <summary>Populations: one for a population vector, one per band for a direction.</summary>
        public int[] Populations;

        /// <summary>
        /// Population vector: value that each neuron stands for, in the read-out's unit × 100 (hundredths of a degree for azimuth).
        /// Empty for a direction.
        /// </summary>
        public int[] Values;

        /// <summary>Neurons or places on each side of the peak that enter the mean.</summary>
        public int HalfWidth;

        /// <summary>Window in µs over which spikes count (0: since start; directions count over a sound).</summary>
        public int Window;

        /// <summary>Least number of spikes for an answer.</summary>
        public int MinSpikes;

        /// <summary>Direction: integers whose meaning the read-out of directions documents. Empty for a population vector.</summary>
        public int[] Parameters;
    }

    /// <summary>A stereo front end whose phase-locked spikes drive two source populations.</summary>
    public sealed class HearingTable
    {
        /// <summary>Place in <see cref="Parameters" /> of the most spikes that a block sends for each band and ear.</summary>
        public const int SpikesPerBlock = 1;

        /// <summary>Source population of the left ear, one neuron per band.</summary>
        public int Left;

        /// <summary>Source population of the right ear, one neuron per band.</summary>
        public int Right;

        /// <summary>Sample rate in Hz that the microphones are read at.</summary>
        public int SampleRate;

        /// <summary>Parameters of the front end, integers whose meaning the front end documents.</summary>
        public int[] Parameters;
    }

    /// <summary>Binds a read-out or a neuron to an output of the board.</summary>
    public sealed class OutputTable
    {
        /// <summary>What drives the output, one of <see cref="OutputSource" />.</summary>
        public int Source;

        /// <summary>Index of the read-out, or global index of the neuron.</summary>
        public int Index;

        /// <summary>Output number in the board profile.</summary>
        public int Output;

        /// <summary>Source value at the output's low end (read-outs).</summary>
        public int From;

        /// <summary>Source value at the output's high end (read-outs); pulse width in µs (neurons).</summary>
        public int To;
    }
}
