// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace System.Device.I2s;

/// <summary>Role of the port.</summary>
[Flags]
public enum I2sMode
{
    /// <summary>Makes the clocks.</summary>
    Master = 1 << 0,

    /// <summary>Takes the clocks.</summary>
    Slave = 1 << 1,

    /// <summary>Sends.</summary>
    Tx = 1 << 2,

    /// <summary>Receives.</summary>
    Rx = 1 << 3,

    /// <summary>Sends to the converter on the chip.</summary>
    DacBuiltIn = 1 << 4,

    /// <summary>Receives from the converter on the chip.</summary>
    AdcBuiltIn = 1 << 5,

    /// <summary>Pulse density modulation.</summary>
    Pdm = 1 << 6,
}

/// <summary>Width of a sample in the application's buffer.</summary>
public enum I2sBitsPerSample
{
    /// <summary>8 bits.</summary>
    Bit8 = 8,

    /// <summary>16 bits.</summary>
    Bit16 = 16,

    /// <summary>24 bits.</summary>
    Bit24 = 24,

    /// <summary>32 bits.</summary>
    Bit32 = 32,
}

/// <summary>Channels.</summary>
public enum I2sChannelFormat
{
    /// <summary>Both.</summary>
    RightLeft = 0,

    /// <summary>The right one twice.</summary>
    AllRight,

    /// <summary>The left one twice.</summary>
    AllLeft,

    /// <summary>The right one.</summary>
    OnlyRight,

    /// <summary>The left one.</summary>
    OnlyLeft,
}

/// <summary>Framing.</summary>
public enum I2sCommunicationFormat
{
    /// <summary>Philips.</summary>
    I2S = 0x01,

    /// <summary>Left-justified.</summary>
    Msb = 0x03,

    /// <summary>PCM, short frame.</summary>
    PcmShort = 0x04,

    /// <summary>PCM, long frame.</summary>
    PcmLong = 0x0C,

    /// <summary>End of the list.</summary>
    Max,
}

/// <summary>Settings of a port.</summary>
public sealed class I2sConnectionSettings
{
    /// <summary>Initializes a new instance of the <see cref="I2sConnectionSettings" /> class.</summary>
    /// <param name="busId">1 or 2.</param>
    public I2sConnectionSettings(int busId)
    {
        BusId = busId;
    }

    /// <summary>Gets or sets the bus, 1 or 2.</summary>
    public int BusId { get; set; }

    /// <summary>Gets or sets the role.</summary>
    public I2sMode Mode { get; set; } = I2sMode.Pdm;

    /// <summary>Gets or sets the width of a sample in the application's buffer.</summary>
    public I2sBitsPerSample BitsPerSample { get; set; } = I2sBitsPerSample.Bit16;

    /// <summary>Gets or sets the channels.</summary>
    public I2sChannelFormat ChannelFormat { get; set; } = I2sChannelFormat.RightLeft;

    /// <summary>Gets or sets the framing.</summary>
    public I2sCommunicationFormat CommunicationFormat { get; set; } = I2sCommunicationFormat.I2S;

    /// <summary>Gets or sets the rate in Hz.</summary>
    public int SampleRate { get; set; } = 44_100;

    /// <summary>Gets or sets the bytes of DMA memory; a buffer of 256 stereo frames takes 2048.</summary>
    public int BufferSize { get; set; } = 10_000;
}
