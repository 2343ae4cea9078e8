// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Parts;

/// <summary>
/// Component sets of published thyristor neurons (ST P0118MA). Capacitance, load and the limits of the current are the papers'; knee,
/// release and, where it is not printed, the threshold are fitted to the published f(I).
/// </summary>
public static class ThyristorPresets
{
    /// <summary>Name of the set that a population without `preset` has.</summary>
    public const string Default = "w25";

    private static readonly Dictionary<string, ThyristorCell> s_cells = new(StringComparer.Ordinal)
    {
        // Wu et al., Phys. Rev. Applied 23, 034030 (2025), figure 6(a): R_m 680 kΩ. Without threshold memory: what the virtual boards and
        // calibrations take for a part, right from 55 to 103 µA.
        ["w25"] = new ThyristorCell
        {
            Capacitance = 0.1e-6,
            Load = 2000,
            Threshold = 2.6,
            Onset = 46.4e-6,
            Knee = 0.61,
            Hold = 108e-6,
            OnVoltage = 0.70,
            OnResistance = 25,
            Release = 1.8e-3,
        },

        // The same figure, its jump at the onset too: release, memory and its time are fitted to the rates from 47 to 103 µA.
        ["w25-fig6"] = new ThyristorCell
        {
            Capacitance = 0.1e-6,
            Load = 2000,
            Threshold = 2.73,
            Onset = 46e-6,
            Knee = 0.61,
            Hold = 108e-6,
            OnVoltage = 0.70,
            OnResistance = 25,
            Release = 1.88e-3,
            Memory = 130e-3,
            MemoryTime = 11.3e-3,
        },

        // The same paper, figures 11 to 16; the release is that which gives the printed 465 Hz at 92.8 µA, the
        // memory that which gives the burster of figure 13 its period with 100 nC per spike.
        ["w25-33n"] = new ThyristorCell
        {
            Capacitance = 33e-9,
            Load = 2000,
            Threshold = 2.6,
            Onset = 48.95e-6,
            Knee = 0.61,
            Hold = 125e-6,
            OnVoltage = 0.70,
            OnResistance = 25,
            Release = 1.03e-3,
            Memory = 3e-3,
            MemoryTime = 20e-3,
        },

        // Figure 11(b), f(I) from its jump at the onset to 113 µA.
        ["w25-fig11"] = Small(54.5e-6),

        // Figure 13: the same but for the onset, which is printed there. Memory and its time give the burster its rate within a burst
        // and its period.
        ["w25-fig13"] = Small(48.95e-6),

        // Wu et al., Neuromorph. Comput. Eng. 3, 044008 (2023), figure 2: R_m 100 kΩ. The knee stands for the steep leak near the
        // threshold.
        ["w23"] = new ThyristorCell
        {
            Capacitance = 10e-6,
            Load = 47,
            Threshold = 0.92,
            Onset = 32.3e-6,
            Knee = 0.81,
            Hold = 127.9e-6,
            OnVoltage = 0.70,
            OnResistance = 25,
            Release = 0.3e-3,
        },

        // One device measured in github.com/haoran215/Brain2Simulator, in the two-state form: 2.5 V over R_hi = 60.9 kΩ.
        ["bench"] = new ThyristorCell
        {
            Capacitance = 0.1e-6,
            Load = 2200,
            Threshold = 2.5,
            Onset = 41.05e-6,
            Knee = 0,
            Hold = 95e-6,
            OnVoltage = 0,
            OnResistance = 53,
            Release = 0,
        },
    };

    /// <summary>Names of all sets.</summary>
    public static IReadOnlyCollection<string> Names => s_cells.Keys;

    /// <summary>Finds a set.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The component values, or null when there is no such set.</returns>
    public static ThyristorCell? Find(string name) => s_cells.GetValueOrDefault(name);

    /// <summary>A set that is known to exist.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The component values.</returns>
    /// <exception cref="ArgumentException">There is no such set.</exception>
    public static ThyristorCell Get(string name)
    {
        return Find(name) ?? throw new ArgumentException("no preset `" + name + "`; presets: " + string.Join(", ", Names), nameof(name));
    }

    private static ThyristorCell Small(double onset) => new ThyristorCell
    {
        Capacitance = 33e-9,
        Load = 2000,
        Threshold = 2.66,
        Onset = onset,
        Knee = 0.61,
        Hold = 125e-6,
        OnVoltage = 0.70,
        OnResistance = 25,
        Release = 1.05e-3,
        Memory = 60e-3,
        MemoryTime = 4.8e-3,
    };
}
