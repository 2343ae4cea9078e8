// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.Gpio;

namespace System.Device.Spi;

/// <summary>Which bit comes first.</summary>
public enum DataFlow
{
    /// <summary>The most significant one.</summary>
    MsbFirst,

    /// <summary>The least significant one.</summary>
    LsbFirst,
}

/// <summary>Clock polarity (high bit) and phase (low bit).</summary>
public enum SpiMode
{
    /// <summary>Idle low, data taken at the rising edge.</summary>
    Mode0,

    /// <summary>Idle low, data taken at the falling edge.</summary>
    Mode1,

    /// <summary>Idle high, data taken at the falling edge.</summary>
    Mode2,

    /// <summary>Idle high, data taken at the rising edge.</summary>
    Mode3,
}

/// <summary>Which data lines a bus has.</summary>
public enum SpiBusConfiguration
{
    /// <summary>One each way.</summary>
    FullDuplex,

    /// <summary>One for both ways; needs no pin for data to the processor.</summary>
    HalfDuplex,

    /// <summary>One way; the device does not support it.</summary>
    Simplex,
}

/// <summary>Settings of a chip on a bus.</summary>
public sealed class SpiConnectionSettings
{
    /// <summary>Initializes a new instance of the <see cref="SpiConnectionSettings" /> class.</summary>
    /// <param name="busId">1 or 2.</param>
    /// <param name="chipSelectLine">GPIO that selects the chip.</param>
    public SpiConnectionSettings(int busId, int chipSelectLine = -1)
    {
        BusId = busId;
        ChipSelectLine = chipSelectLine;
    }

    internal SpiConnectionSettings(SpiConnectionSettings other)
    {
        BusId = other.BusId;
        ChipSelectLine = other.ChipSelectLine;
        Mode = other.Mode;
        DataBitLength = other.DataBitLength;
        ClockFrequency = other.ClockFrequency;
        DataFlow = other.DataFlow;
        ChipSelectLineActiveState = other.ChipSelectLineActiveState;
        Configuration = other.Configuration;
    }

    /// <summary>Gets or sets the bus, 1 or 2.</summary>
    public int BusId { get; set; }

    /// <summary>Gets or sets the GPIO that selects the chip.</summary>
    public int ChipSelectLine { get; set; }

    /// <summary>Gets or sets the mode.</summary>
    public SpiMode Mode { get; set; } = SpiMode.Mode0;

    /// <summary>Gets or sets the bits of a word.</summary>
    public int DataBitLength { get; set; } = 8;

    /// <summary>Gets or sets the clock in Hz.</summary>
    public int ClockFrequency { get; set; } = 500_000;

    /// <summary>Gets or sets which bit comes first.</summary>
    public DataFlow DataFlow { get; set; } = DataFlow.MsbFirst;

    /// <summary>Gets or sets the level that selects the chip.</summary>
    public PinValue ChipSelectLineActiveState { get; set; } = PinValue.Low;

    /// <summary>Gets or sets which data lines the bus has.</summary>
    public SpiBusConfiguration Configuration { get; set; } = SpiBusConfiguration.FullDuplex;
}

/// <summary>The chip is open already.</summary>
public class SpiDeviceAlreadyInUseException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="SpiDeviceAlreadyInUseException" /> class.</summary>
    public SpiDeviceAlreadyInUseException()
    {
    }
}
