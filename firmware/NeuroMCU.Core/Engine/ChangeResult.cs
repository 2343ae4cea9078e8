// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Engine
{
    /// <summary>What became of a change of a number in a loaded network.</summary>
    public static class ChangeResult
    {
        /// <summary>It is made.</summary>
        public const int Done = 0;

        /// <summary>There is no such table, or no such place in it.</summary>
        public const int NoPlace = 1;

        /// <summary>The value breaks a rule of the image.</summary>
        public const int BadValue = 2;

        /// <summary>The network has to be loaded anew for it.</summary>
        public const int Fixed = 3;
    }
}
