// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace nanoFramework.Runtime.Native
{
    /// <summary>How to restart.</summary>
    public enum RebootOption
    {
        /// <summary>The chip.</summary>
        NormalReboot = 0,

        /// <summary>Into the booter.</summary>
        EnterNanoBooter = 1,

        /// <summary>The managed program only.</summary>
        ClrOnly = 2,

        /// <summary>Into the booter of the chip's maker.</summary>
        EnterProprietaryBooter = 8,
    }

    /// <summary>Restarts the device.</summary>
    public class Power
    {
        /// <summary>Ends the firmware: whoever runs it on the bench catches the exception and starts it again.</summary>
        /// <param name="rebootOption">How to restart.</param>
        /// <exception cref="DeviceRebootException">Always.</exception>
        public static void RebootDevice(RebootOption rebootOption = RebootOption.NormalReboot) => throw new DeviceRebootException(rebootOption);
    }

    /// <summary>The firmware has asked for a restart of the simulated device.</summary>
    /// <param name="option">How to restart.</param>
    public sealed class DeviceRebootException(RebootOption option) : Exception("the device restarts")
    {
        /// <summary>Gets how to restart.</summary>
        public RebootOption Option { get; } = option;
    }
}
