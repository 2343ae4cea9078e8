// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace nanoFramework.TestFramework
{
    /// <summary>A device test that failed on the host.</summary>
    public sealed class AssertFailedException : Exception
    {
        /// <summary>Initializes a new instance of the <see cref="AssertFailedException" /> class.</summary>
        public AssertFailedException(string message)
            : base(message)
        {
        }
    }
}
