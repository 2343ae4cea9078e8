// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.DeviceTests.Rig
{
    /// <summary>What is wrong with a channel of <see cref="LeakyBoard" />.</summary>
    internal static class Trouble
    {
        public const int None = 0;

        /// <summary>After its next spike it stays on, until current or membrane are taken away.</summary>
        public const int Latches = 1;

        /// <summary>It never fires and conducts whatever flows.</summary>
        public const int Shorted = 2;

        /// <summary>No current flows.</summary>
        public const int Open = 3;

        /// <summary>It fires, but its spike input sees nothing.</summary>
        public const int DetectSilent = 4;

        /// <summary>Its spike input fires by itself, at 10 kHz.</summary>
        public const int DetectNoisy = 5;

        /// <summary>Its sense reads 0.6 V whatever flows.</summary>
        public const int SenseOpen = 6;

        /// <summary>Its sense throws.</summary>
        public const int SenseFails = 7;

        /// <summary>Its drive throws.</summary>
        public const int DriveFails = 8;
    }
}
