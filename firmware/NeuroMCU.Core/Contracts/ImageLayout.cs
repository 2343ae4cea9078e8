// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Contracts
{
    /// <summary>Places, section numbers and limits of the network image; docs/reference/image.md describes it byte by byte.</summary>
    public static class ImageLayout
    {
        /// <summary>The bytes "NMCU", read as a little-endian number.</summary>
        public const uint Magic = 0x55434D4E;

        /// <summary>Version of the format that this source reads and writes.</summary>
        public const int Version = 5;

        /// <summary>Offset of the version (2 bytes).</summary>
        public const int VersionOffset = 4;

        /// <summary>Offset of the number of sections (2 bytes).</summary>
        public const int SectionCountOffset = 6;

        /// <summary>Offset of the total length in bytes, CRC included.</summary>
        public const int LengthOffset = 8;

        /// <summary>Offset of the board id.</summary>
        public const int BoardOffset = 12;

        /// <summary>Offset of the step of clocked populations in µs.</summary>
        public const int StepOffset = 16;

        /// <summary>Offset of the event queue's capacity.</summary>
        public const int QueueCapacityOffset = 20;

        /// <summary>Offset of the spike ring's capacity.</summary>
        public const int SpikeCapacityOffset = 24;

        /// <summary>Offset of the number of neurons.</summary>
        public const int NeuronsOffset = 28;

        /// <summary>Offset of the number of synapses.</summary>
        public const int SynapsesOffset = 32;

        /// <summary>Offset of the managed heap in bytes that tables and engine take on the device.</summary>
        public const int HeapOffset = 36;

        /// <summary>Offset of the section table.</summary>
        public const int SectionTableOffset = 40;

        /// <summary>Bytes of an entry of the section table: kind, offset, length, number of items.</summary>
        public const int SectionEntryLength = 16;

        /// <summary>Populations.</summary>
        public const int Populations = 1;

        /// <summary>Projections with their synapses.</summary>
        public const int Synapses = 2;

        /// <summary>Stored input spikes.</summary>
        public const int StoredSpikes = 3;

        /// <summary>Poisson sources.</summary>
        public const int PoissonSources = 4;

        /// <summary>Steps of constant drive.</summary>
        public const int Drives = 5;

        /// <summary>Membrane traces.</summary>
        public const int Traces = 6;

        /// <summary>Read-outs.</summary>
        public const int Readouts = 7;

        /// <summary>Microphone front ends.</summary>
        public const int Hearing = 8;

        /// <summary>Bindings to outputs of the board.</summary>
        public const int Outputs = 9;

        /// <summary>Names and units.</summary>
        public const int Symbols = 10;

        /// <summary>Section number of the drive tables of channels.</summary>
        public const int Channels = 11;

        /// <summary>Rules by which projections learn.</summary>
        public const int Learning = 12;

        /// <summary>Number of sections; all are present, in ascending order, even when empty.</summary>
        public const int SectionCount = 12;

        /// <summary>Offset of the first section.</summary>
        public const int FirstSectionOffset = SectionTableOffset + (SectionCount * SectionEntryLength);

        /// <summary>Bytes of the CRC-32 at the end.</summary>
        public const int ChecksumLength = 4;

        /// <summary>Length of the smallest image (no populations).</summary>
        public const int MinLength = FirstSectionOffset + ChecksumLength;

        /// <summary>Largest image in bytes.</summary>
        public const int MaxLength = 1 << 20;

        /// <summary>Most populations.</summary>
        public const int MaxPopulations = 255;

        /// <summary>Most projections.</summary>
        public const int MaxProjections = 255;

        /// <summary>Most neurons of all populations together.</summary>
        public const int MaxNeurons = 32767;

        /// <summary>Most synapses of one row.</summary>
        public const int MaxRow = 32767;

        /// <summary>Most Poisson sources of all tables together.</summary>
        public const int MaxPoissonSources = 4096;

        /// <summary>Most traces.</summary>
        public const int MaxTraces = 255;

        /// <summary>Most read-outs, front ends and outputs of each kind.</summary>
        public const int MaxBindings = 255;

        /// <summary>Most parameters of a front end.</summary>
        public const int MaxHearingParameters = 4096;

        /// <summary>Most parameters of a read-out.</summary>
        public const int MaxReadoutParameters = 8192;

        /// <summary>Most places of the event queue.</summary>
        public const int MaxQueueCapacity = 16383;

        /// <summary>Most places of the spike ring.</summary>
        public const int MaxSpikeCapacity = 65535;

        /// <summary>Shortest step of clocked populations in µs.</summary>
        public const int MinStep = 10;

        /// <summary>Longest step of clocked populations in µs.</summary>
        public const int MaxStep = 100000;

        /// <summary>Largest Q8.24 magnitude of threshold, reset value, equilibrium, drive, initial value and floor: 64 membrane
        /// units.</summary>
        public const int MaxMembrane = 1 << 30;

        /// <summary>Longest refractory period in µs.</summary>
        public const int MaxRefractory = 10000000;

        /// <summary>Smallest leak rate (Q.40 of log2(e)/τ): τ = 12.1 s.</summary>
        public const long MinLeakRate = 1L << 17;

        /// <summary>Largest leak rate (Q.40 of log2(e)/τ): τ = 1.44 µs.</summary>
        public const long MaxLeakRate = 1L << 40;

        /// <summary>Largest weight scale: 32767 of them fill the membrane's range of 128 units.</summary>
        public const int MaxWeightScale = 1 << 16;

        /// <summary>Most receptors of a population.</summary>
        public const int MaxReceptors = 4;

        /// <summary>Most channels of a board.</summary>
        public const int MaxChannels = 64;

        /// <summary>Most points of a drive table.</summary>
        public const int MaxDrivePoints = 256;

        /// <summary>Largest code of a converter.</summary>
        public const int MaxCode = 65535;

        /// <summary>Bytes of a value of a parameter: 4 where its bounds need no more, or else 8.</summary>
        internal static int BytesOf(long least, long most) => least >= int.MinValue && most <= int.MaxValue ? 4 : 8;
    }
}
