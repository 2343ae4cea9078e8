// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench;

namespace nanoFramework.Runtime.Native;

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
    /// <param name="rebootOption">How to restart; on the bench all options are one.</param>
    /// <exception cref="DeviceRebootException">Always.</exception>
    public static void RebootDevice(RebootOption rebootOption = RebootOption.NormalReboot) => throw new DeviceRebootException();
}
