// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>What the device is doing.</summary>
    public static class DeviceState
    {
        /// <summary>No run; outputs at their safe level.</summary>
        public const int Idle = 0;

        /// <summary>A run goes on.</summary>
        public const int Running = 1;

        /// <summary>Something is wrong: outputs safe, no run until FAULT_CLEAR.</summary>
        public const int Fault = 2;

        /// <summary>The device itself has ended a run (link lost): outputs safe; a new run may be started.</summary>
        public const int Safe = 3;
    }

    /// <summary>Where the loaded network is kept.</summary>
    public static class ImageState
    {
        /// <summary>There is no network.</summary>
        public const int None = 0;

        /// <summary>In memory only: gone after power-off.</summary>
        public const int Memory = 1;

        /// <summary>In the store as well.</summary>
        public const int Stored = 2;
    }

    /// <summary>How network time follows the clock.</summary>
    public static class RunMode
    {
        /// <summary>Microsecond by microsecond with the device's clock; what comes late is counted.</summary>
        public const int RealTime = 0;

        /// <summary>As fast as the device can; never faster than the wire takes the spikes.</summary>
        public const int Fast = 1;
    }

    /// <summary>Why a run ended.</summary>
    public static class EndReason
    {
        /// <summary>Not ended, or there was none.</summary>
        public const int None = 0;

        /// <summary>Its duration is over.</summary>
        public const int Duration = 1;

        /// <summary>STOP, or a request that implies it.</summary>
        public const int Stopped = 2;

        /// <summary>The host fell silent.</summary>
        public const int LinkLost = 3;

        /// <summary>A fault.</summary>
        public const int Fault = 4;
    }

    /// <summary>Why the device started.</summary>
    public static class ResetReason
    {
        /// <summary>The platform does not tell.</summary>
        public const int Unknown = 0;

        /// <summary>Power came on.</summary>
        public const int PowerOn = 1;

        /// <summary>Reset by software.</summary>
        public const int Software = 2;

        /// <summary>The hardware watchdog.</summary>
        public const int Watchdog = 3;

        /// <summary>The supply voltage was too low.</summary>
        public const int BrownOut = 4;

        /// <summary>Woken from deep sleep.</summary>
        public const int DeepSleep = 5;
    }

    /// <summary>Where an uploaded image goes.</summary>
    public static class UploadTarget
    {
        /// <summary>Memory only.</summary>
        public const int Memory = 0;

        /// <summary>Memory and store.</summary>
        public const int Store = 1;

        /// <summary>
        /// Added to either: a network in memory that is not stored may be given up first when there is no room for both. A host says so
        /// when it has checked the image itself: the device cannot go back then.
        /// </summary>
        public const int Replace = 2;
    }
}
