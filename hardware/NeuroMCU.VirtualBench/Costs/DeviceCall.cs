// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Costs;

/// <summary>Calls of the platform that the cost profile prices.</summary>
public enum DeviceCall
{
    /// <summary>Reading the µs timer.</summary>
    TimerRead,

    /// <summary>Yielding to the scheduler when there is nothing to do.</summary>
    Yield,

    /// <summary>GpioPin.Toggle.</summary>
    GpioToggle,

    /// <summary>GpioPin.Write.</summary>
    GpioWrite,

    /// <summary>GpioPin.Read.</summary>
    GpioRead,

    /// <summary>DacChannel.WriteValue.</summary>
    DacWrite,

    /// <summary>AdcChannel.ReadValue.</summary>
    AdcRead,

    /// <summary>GpioPulseCounter.Read.</summary>
    PulseRead,

    /// <summary>One transfer of an SpiDevice, its time on the wire not counted.</summary>
    SpiTransfer,

    /// <summary>One transfer of an I2cDevice, its time on the wire not counted.</summary>
    I2cTransfer,

    /// <summary>Setting the duty cycle or the frequency of a PwmChannel.</summary>
    PwmWrite,

    /// <summary>Asking a serial port for the number of bytes that wait.</summary>
    UartPoll,

    /// <summary>SerialPort.Read, its bytes not counted.</summary>
    UartRead,

    /// <summary>SerialPort.Write, its bytes not counted.</summary>
    UartWrite,

    /// <summary>One byte read from or written to a serial port.</summary>
    UartByte,

    /// <summary>I2sDevice.Read, its bytes not counted.</summary>
    I2sRead,

    /// <summary>One byte read from I2S.</summary>
    I2sByte,

    /// <summary>Opening, making or removing a file.</summary>
    FileCall,

    /// <summary>One byte read from a file.</summary>
    FileReadByte,

    /// <summary>One byte written to a file, erasing included.</summary>
    FileWriteByte,

    /// <summary>One line on the console.</summary>
    ConsoleLine,

    /// <summary>One object that a garbage collection looks at, alive or not.</summary>
    CollectedObject,
}
