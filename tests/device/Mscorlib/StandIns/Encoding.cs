// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace System.Text
{
    /// <summary>What the protocol uses of nanoFramework.System.Text, which NuGet does not serve: to be compiled against, never
    /// run.</summary>
    public abstract class Encoding
    {
        /// <summary>Gets the encoding UTF-8.</summary>
        public static Encoding UTF8 => null;

        /// <summary>Encodes a text.</summary>
        /// <param name="s">The text.</param>
        /// <returns>Its bytes.</returns>
        public abstract byte[] GetBytes(string s);
    }
}
