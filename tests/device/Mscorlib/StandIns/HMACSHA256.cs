// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace System.Security.Cryptography
{
    /// <summary>
    /// What the protocol uses of nanoFramework.System.Security.Cryptography, which NuGet does not serve: to be compiled against, never run.
    /// </summary>
    public class HMACSHA256
    {
        /// <summary>Signs data.</summary>
        /// <param name="key">The key.</param>
        /// <param name="source">The data.</param>
        /// <returns>The 32 bytes of the signature.</returns>
        public static byte[] HashData(byte[] key, byte[] source) => null;
    }
}
