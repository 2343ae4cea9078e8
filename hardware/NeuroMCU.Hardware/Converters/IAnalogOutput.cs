// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Converters
{
    /// <summary>A voltage that a code sets. The same code twice costs nothing; nothing is allocated.</summary>
    internal interface IAnalogOutput
    {
        /// <summary>Gets the largest code; it gives the converter's reference.</summary>
        int FullCode { get; }

        /// <summary>Sets the voltage.</summary>
        /// <param name="code">0 to <see cref="FullCode" />; a code beyond is taken as the nearer end.</param>
        void Write(int code);

        /// <summary>Gives the pin back. The voltage is to be safe before.</summary>
        void Close();
    }
}
