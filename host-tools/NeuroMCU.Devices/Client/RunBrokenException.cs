// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Recordings;

namespace NeuroMCU.Devices.Client;

/// <summary>A run whose end is not known: the link broke, or the device restarted. Everything that came until then is accounted
/// for.</summary>
public sealed class RunBrokenException : DeviceException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="cause">What broke it off.</param>
    /// <param name="report">What is known of the run.</param>
    public RunBrokenException(DeviceException cause, RunReport report)
        : base(Checked(cause).Kind, cause.Message, cause.Why, cause.Next, cause)
    {
        DeviceCode = cause.DeviceCode;
        DeviceDetail = cause.DeviceDetail;
        Report = report;
    }

    /// <summary>Gets what is known of the run: what arrived, and what is known to be lost of it.</summary>
    public RunReport Report { get; }

    private static DeviceException Checked(DeviceException cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return cause;
    }
}
