// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.Networks.Thyristors;

/// <summary>The four parts of one period at constant current, in s.</summary>
/// <param name="On">From the threshold until the current has fallen to the hold current.</param>
/// <param name="Release">Until the stored charge is gone.</param>
/// <param name="Ramp">Until the membrane has risen to the knee of the leak.</param>
/// <param name="Leak">From the knee to the threshold.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ThyristorCycle(double On, double Release, double Ramp, double Leak)
{
    /// <summary>The whole period in s.</summary>
    public double Period => On + Release + Ramp + Leak;
}
