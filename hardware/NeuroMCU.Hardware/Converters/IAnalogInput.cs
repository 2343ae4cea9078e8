// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Converters
{
    /// <summary>A voltage that is read as a code. Nothing is allocated.</summary>
    internal interface IAnalogInput
    {
        /// <summary>Gets the largest code.</summary>
        int FullCode { get; }

        /// <summary>Reads the voltage.</summary>
        /// <returns>0 to <see cref="FullCode" />.</returns>
        int Read();

        /// <summary>Gives the pin back.</summary>
        void Close();
    }
}
