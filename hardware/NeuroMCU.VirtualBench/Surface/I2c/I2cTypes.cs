// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace System.Device.I2c;

/// <summary>How fast a bus runs.</summary>
public enum I2cBusSpeed
{
    /// <summary>100 kHz.</summary>
    StandardMode,

    /// <summary>400 kHz.</summary>
    FastMode,

    /// <summary>1 MHz.</summary>
    FastModePlus,
}

/// <summary>How a transfer ended.</summary>
public enum I2cTransferStatus
{
    /// <summary>In a way that the driver does not know.</summary>
    UnknownError,

    /// <summary>All bytes passed.</summary>
    FullTransfer,

    /// <summary>A chip held the clock for too long.</summary>
    ClockStretchTimeout,

    /// <summary>Some bytes passed. The ESP32 does not say so: it gives <see cref="SlaveAddressNotAcknowledged" />.</summary>
    PartialTransfer,

    /// <summary>On the ESP32: no chip acknowledged the address, or the chip did not acknowledge a byte.</summary>
    SlaveAddressNotAcknowledged,
}

/// <summary>Result of a transfer.</summary>
public struct I2cTransferResult
{
    private readonly uint _bytesTransferred;
    private readonly I2cTransferStatus _status;

    internal I2cTransferResult(uint bytes, I2cTransferStatus status)
    {
        _bytesTransferred = bytes;
        _status = status;
    }

    /// <summary>Gets the number of bytes that passed; 0 on the ESP32 when not all did.</summary>
    public uint BytesTransferred => _bytesTransferred;

    /// <summary>Gets how the transfer ended.</summary>
    public I2cTransferStatus Status => _status;
}

/// <summary>Settings of a chip on a bus.</summary>
public sealed class I2cConnectionSettings
{
    /// <summary>Initializes a new instance of the <see cref="I2cConnectionSettings" /> class at 400 kHz.</summary>
    /// <param name="busId">1 or 2.</param>
    /// <param name="deviceAddress">Address of 7 bits.</param>
    public I2cConnectionSettings(int busId, int deviceAddress)
        : this(busId, deviceAddress, I2cBusSpeed.FastMode)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="I2cConnectionSettings" /> class.</summary>
    /// <param name="busId">1 or 2.</param>
    /// <param name="deviceAddress">Address of 7 bits.</param>
    /// <param name="busSpeed">How fast the bus runs from then on, for all its chips.</param>
    public I2cConnectionSettings(int busId, int deviceAddress, I2cBusSpeed busSpeed)
    {
        BusId = busId;
        DeviceAddress = deviceAddress;
        BusSpeed = busSpeed;
    }

    /// <summary>Gets the bus, 1 or 2.</summary>
    public int BusId { get; }

    /// <summary>Gets the address.</summary>
    public int DeviceAddress { get; }

    /// <summary>Gets how fast the bus runs.</summary>
    public I2cBusSpeed BusSpeed { get; }
}
