// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Peripherals;

/// <summary>The radio and the one access point in its reach.</summary>
public sealed class VirtualWifi
{
    /// <summary>Gets or sets the name of the access point; null when there is none.</summary>
    public string? AccessPoint { get; set; }

    /// <summary>Gets or sets the passphrase of the access point.</summary>
    public string Passphrase { get; set; } = "";

    /// <summary>Gets a value indicating whether the device is connected. While it is, ADC2 cannot be read.</summary>
    public bool Connected { get; private set; }

    /// <summary>Gets a value indicating whether the last attempt succeeded; null before the first and after a disconnection.</summary>
    internal bool? Succeeded { get; private set; }

    internal bool Connect(string ssid, string passphrase)
    {
        Connected = AccessPoint is not null
            && string.Equals(AccessPoint, ssid, StringComparison.Ordinal)
            && string.Equals(Passphrase, passphrase, StringComparison.Ordinal);
        Succeeded = Connected;
        return Connected;
    }

    internal void Disconnect()
    {
        Connected = false;
        Succeeded = null;
    }
}
