// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Host.Reproductions.Rows
{
    /// <summary>How rows name their sources.</summary>
    internal static class Sources
    {
        /// <summary>Wu et al., Neuromorph. Comput. Eng. 3, 044008 (2023).</summary>
        /// <param name="place">Figure or table.</param>
        /// <returns>The citation.</returns>
        public static string W23(string place) => "Wu et al., Neuromorph. Comput. Eng. 3, 044008 (2023), " + place;

        /// <summary>Wu et al., Phys. Rev. Applied 23, 034030 (2025).</summary>
        /// <param name="place">Figure or table.</param>
        /// <returns>The citation.</returns>
        public static string W25(string place) => "Wu et al., Phys. Rev. Applied 23, 034030 (2025), " + place;

        /// <summary>Measurements of the Brain2Simulator project.</summary>
        /// <param name="place">What was measured.</param>
        /// <returns>The citation.</returns>
        public static string Bench(string place) => "github.com/haoran215/Brain2Simulator, " + place;

        /// <summary>A number as part of a row's name: 92.4 becomes 92.4.</summary>
        /// <param name="value">The number.</param>
        /// <returns>Its text.</returns>
        public static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
    }
}
