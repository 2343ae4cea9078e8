// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Boards;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.VirtualDevice;

/// <summary>What a virtual device is like.</summary>
public sealed record VirtualDeviceOptions
{
    /// <summary>Name of a virtual device when nothing else is said.</summary>
    public const string DefaultName = "default";

    /// <summary>Name of the cost profile when neither options nor a board say another.</summary>
    public const string DefaultProfile = "esp32-rev3";

    /// <summary>Gets the name of the device; devices of different names keep different networks.</summary>
    public string Name { get; init; } = DefaultName;

    /// <summary>Gets the name of the cost profile (what things cost on which device), or the path of a file with one; null for the one that
    /// <see cref="Board" /> names as its <c>costs</c>, or <see cref="DefaultProfile" />.</summary>
    public string? Profile { get; init; }

    /// <summary>Gets a value indicating whether it has room for whatever an image can hold, in place of the limits of its board.</summary>
    public bool Unlimited { get; init; }

    /// <summary>Gets the board that it sits on, its specimen and its faults; null for the board of its flash, or the built-in
    /// one.</summary>
    public VirtualBoardOptions? Board { get; init; }

    /// <summary>Gets the hub that the firmware joins by itself, in the place of its board's; null for that of the board's text.</summary>
    public BoardHub? Hub { get; init; }

    /// <summary>
    /// Gets the folder that stands for the device's flash; null for <c>neuromcu/virtual/NAME</c> in the user's state folder
    /// (<c>~/.local/state</c>).
    /// </summary>
    public string? StateFolder { get; init; }

    /// <summary>Gets a value indicating whether nothing is kept: the device starts empty and forgets everything.</summary>
    public bool Ephemeral { get; init; }

    /// <summary>Gets how long to wait for another process that uses the same folder.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets a value indicating whether the device's clock is held to wall time. Off: as fast as the host allows.</summary>
    public bool RealTime { get; init; }

    /// <summary>Gets the disk that the folder is on; null for the system's.</summary>
    internal IDisk? Disk { get; init; }

    /// <summary>Gets what is called with each line that the device writes to its console, from power-on; may be null.</summary>
    public Action<string>? ConsoleWritten { get; init; }
}
