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
        public const uint ImageSections = 0x5B5CC876;

        /// <summary>500 powers, decays and logarithms.</summary>
        public const uint Exponentials = 0x7B78013A;

        /// <summary>1000 intervals of a Poisson train.</summary>
        public const uint PoissonIntervals = 0xBCAA2F13;

        /// <summary>Factors of a decay table.</summary>
        public const uint DecayFactors = 0xCE0631AA;

        /// <summary>Spikes of the random network in one second.</summary>
        public const int SpikeCount = 7684;

        /// <summary>Times and neurons of these spikes.</summary>
        public const uint SpikeRecord = 0x26EBA7C7;

        /// <summary>Trace samples of the same run.</summary>
        public const uint TraceRecord = 0x7FDB969E;

        /// <summary>Spikes and final membranes of a run with live changes.</summary>
        public const uint LiveRecord = 0xB2C86870;

        /// <summary>Azimuth of the click in hundredths of a degree; it came from 30 degrees to the right.</summary>
        public const int ClickAzimuth = 3054;

        /// <summary>Spikes of the network while it heard the click.</summary>
        public const int ClickSpikeCount = 94;

        /// <summary>Times and neurons of these spikes, and the answer's confidence.</summary>
        public const uint ClickSpikes = 0xE84A6A90;

        /// <summary>Azimuth of the speech in hundredths of a degree; it came from 40 degrees to the left.</summary>
        public const int SpeechAzimuth = -4109;

        /// <summary>Spikes of the network while it heard the speech.</summary>
        public const int SpeechSpikeCount = 336;

        /// <summary>Times and neurons of these spikes, and the answer's confidence.</summary>
        public const uint SpeechSpikes = 0xE3A8E6FB;

        /// <summary>Spikes of the thyristor neurons in one second.</summary>
        public const int ThyristorSpikes = 2177;

        /// <summary>Times and neurons of these spikes.</summary>
        public const uint ThyristorRecord = 0xAA4F7BDC;

        /// <summary>Traces of the same run.</summary>
        public const uint ThyristorTraces = 0x1F2BCC64;

        /// <summary>Spikes of the bursting neurons in 100 ms.</summary>
        public const int BurstingSpikes = 398;

        /// <summary>Times and neurons of these spikes.</summary>
        public const uint BurstingRecord = 0xD1CF4BB0;

        /// <summary>Traces of the same run.</summary>
        public const uint BurstingTraces = 0xD6D8EE2F;
    }
}
