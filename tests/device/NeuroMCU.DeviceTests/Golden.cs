// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.DeviceTests
{
    /// <summary>
    /// Results that must come out bit for bit on .NET and on the device: CRC-32 of what a test computed, taken from the run on .NET.
    /// One that changes means that device and host no longer agree with earlier ones; renew it only when that is the intent.
    /// </summary>
    internal static class Golden
    {
        /// <summary>1000 bytes of the sample generator.</summary>
        public const uint RandomBytes = 0xE09A8515;

        /// <summary>COBS codes of blocks of all critical lengths.</summary>
        public const uint CobsCodes = 0xD14BE813;

        /// <summary>A PING request on the wire.</summary>
        public const uint PingFrame = 0x3FB4A00F;

        /// <summary>20 SPIKES events on the wire.</summary>
        public const uint SpikeFrames = 0x1D275F91;

        /// <summary>Sections of the image of a random network.</summary>
        public const uint ImageSections = 0xF9053625;

        /// <summary>500 powers, decays and logarithms.</summary>
        public const uint Exponentials = 0x7B78013A;

        /// <summary>1000 intervals of a Poisson train.</summary>
        public const uint PoissonIntervals = 0xBCAA2F13;

        /// <summary>Factors of a decay table.</summary>
        public const uint DecayFactors = 0xCE0631AA;

        /// <summary>Spikes of the random network in one second.</summary>
        public const int SpikeCount = 7680;

        /// <summary>Times and neurons of these spikes.</summary>
        public const uint SpikeRecord = 0xF4DE4E85;

        /// <summary>Trace samples of the same run.</summary>
        public const uint TraceRecord = 0x10C48F6F;

        /// <summary>Spikes and final membranes of a run with live changes.</summary>
        public const uint LiveRecord = 0x235A4AF6;

        /// <summary>Azimuth of the click in hundredths of a degree; it came from 30 degrees to the right.</summary>
        public const int ClickAzimuth = 2998;

        /// <summary>Spikes of the network while it heard the click.</summary>
        public const int ClickSpikeCount = 66;

        /// <summary>Times and neurons of these spikes, and the answer's confidence.</summary>
        public const uint ClickSpikes = 0x292CDBA4;

        /// <summary>Azimuth of the speech in hundredths of a degree; it came from 40 degrees to the left.</summary>
        public const int SpeechAzimuth = -4084;

        /// <summary>Spikes of the network while it heard the speech.</summary>
        public const int SpeechSpikeCount = 227;

        /// <summary>Times and neurons of these spikes, and the answer's confidence.</summary>
        public const uint SpeechSpikes = 0xD1B76BC9;

        /// <summary>Spikes of the thyristor neurons in one second.</summary>
        public const int ThyristorSpikes = 2178;

        /// <summary>Times and neurons of these spikes.</summary>
        public const uint ThyristorRecord = 0x57201149;

        /// <summary>Traces of the same run.</summary>
        public const uint ThyristorTraces = 0x4F805D75;

        /// <summary>Spikes of the bursting neurons in 100 ms.</summary>
        public const int BurstingSpikes = 412;

        /// <summary>Times and neurons of these spikes.</summary>
        public const uint BurstingRecord = 0x99A8FF8B;

        /// <summary>Traces of the same run.</summary>
        public const uint BurstingTraces = 0x3947F46F;

        /// <summary>Bytes that the device sends in a run with sound channels.</summary>
        public const uint SoundRunWire = 0xE84A6C0B;

        /// <summary>Codes and resets that it writes meanwhile, with their times.</summary>
        public const uint SoundRunCodes = 0xE0B0FD1B;

        /// <summary>Bytes that the device sends in a run in which each channel but one has a trouble of its own.</summary>
        public const uint FaultRunWire = 0xB7212B61;

        /// <summary>Codes and resets that it writes meanwhile, with their times.</summary>
        public const uint FaultRunCodes = 0xE070B2B6;

        /// <summary>Bytes that the device sends when a drive fails during a run.</summary>
        public const uint DriveFaultWire = 0xFBD80300;

        /// <summary>Codes and resets that it writes meanwhile, with their times.</summary>
        public const uint DriveFaultCodes = 0x8D2D3E90;

        /// <summary>Bytes that the device sends while a host drives, senses, resets and measures channels.</summary>
        public const uint BoardAccessWire = 0x6CCEFB88;

        /// <summary>Codes and resets that it writes meanwhile, with their times.</summary>
        public const uint BoardAccessCodes = 0xBD6E6202;

        /// <summary>Bytes that the device sends around a power cut, and when its host falls silent.</summary>
        public const uint StoredRunWire = 0x83869CDD;

        /// <summary>Codes and resets that it writes meanwhile, with their times.</summary>
        public const uint StoredRunCodes = 0x4C3BBF12;

        /// <summary>Codes of a drive table for currents from below 0 to beyond its last point.</summary>
        public const uint DriveCodes = 0x0D6BA86A;

        /// <summary>Times of the spikes in a noisy trace.</summary>
        public const uint DetectedSpikes = 0x3531E01C;

        /// <summary>Lowest rates that see spikes of many widths.</summary>
        public const uint SamplingRates = 0x82E590FA;

        /// <summary>Places and times of the samples that a DMA took.</summary>
        public const uint DmaTimes = 0xAE93B4EA;

        /// <summary>Spikes that went through a buffer.</summary>
        public const uint BufferedSpikes = 0x518A52C1;

        /// <summary>Turns of a loop as a spike input measures them.</summary>
        public const uint TurnDurations = 0xCB36747F;

        /// <summary>Spikes of an input that is read once in each turn.</summary>
        public const uint SampledSpikes = 0x007F095D;

        /// <summary>Words for the chips on SPI.</summary>
        public const uint SpiWords = 0x159A9FE2;

        /// <summary>Commands of the chips on I2C.</summary>
        public const uint I2cWords = 0x8BA1E9E5;

        /// <summary>Corrected readings, levels of outputs, and analog inputs of all pins.</summary>
        public const uint ConverterCodes = 0xD2466124;

        /// <summary>Every field of every board profile that comes with the project.</summary>
        public const uint BoardProfiles = 0xE105B9EE;

        /// <summary>Currents of all their drives.</summary>
        public const uint DriveCurrents = 0xA7CE346B;

        /// <summary>What is said of these profiles when a line of them is wrong.</summary>
        public const uint BoardRefusals = 0xA72D0966;

        /// <summary>Messages about one channel.</summary>
        public const uint ChannelMessages = 0x1130604D;

        /// <summary>Messages about many channels.</summary>
        public const uint BoardMessages = 0x50B2D83A;

        /// <summary>Times and neurons of thyristor neurons at the edges of their law.</summary>
        public const uint EdgeSpikes = 0xA0C980F2;

        /// <summary>Traces of the same run.</summary>
        public const uint EdgeTraces = 0x39FCFF0C;

        /// <summary>Spikes of random programs of the vector machine.</summary>
        public const uint LearningSpikes = 0xE9AB9707;
        public const uint LearningWeights = 0x68B74883;
        public const uint ChangesDone = 0x00000003;
        public const uint ChangedSpikeCount = 0x0000147B;
        public const uint ChangedSpikes = 0x8F5A7F0F;
        public const uint ChangedTraces = 0x8E0AD51D;
        public const uint ProgramSpikeCount = 0x0000071E;

        /// <summary>Their times and neurons.</summary>
        public const uint ProgramSpikes = 0x28599D5A;

        /// <summary>All registers of these programs after each step.</summary>
        public const uint ProgramTraces = 0x01D19E3E;

        /// <summary>Bytes that the device sends in a session about a network without channels.</summary>
        public const uint NetworkSessionWire = 0x585EAC87;

        /// <summary>Packets of a board that is partner 1 of the experiment.</summary>
        public const uint HubFirstPartner = 0x67F0762F;

        /// <summary>Packets of a board that is partner 2.</summary>
        public const uint HubSecondPartner = 0x50914D11;

        /// <summary>Pulses, readings and outcomes of work on nodes.</summary>
        public const uint NodeWorks = 0x48983FBF;

        /// <summary>Answers, pulses and counters of a lesson that nodes learn.</summary>
        public const uint NodeLessons = 0x78D94535;

        /// <summary>Stripes that a display was sent within three seconds of a run, and their dots.</summary>
        public const uint DisplayStripes = 0x0000003E;
        public const uint DisplayDots = 0x9BB307E9;
    }
}
