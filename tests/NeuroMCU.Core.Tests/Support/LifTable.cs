// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Models;

namespace NeuroMCU.Core.Tests.Support;

/// <summary>The parameters of leaky integrate-and-fire tables by their names.</summary>
internal static class LifTable
{
    extension(PopulationTable table)
    {
        internal bool IsLif => table.Model is LeakyModel;

        internal bool IsExponential => table.Model is ExponentialLif;

        internal bool Subtracts => table.Parameters[LeakyModel.Reset][0] == ResetKind.Subtract;

        internal ref long[] Threshold => ref table.Parameters[LeakyModel.Threshold];

        internal ref long[] ResetValue => ref table.Parameters[LeakyModel.ResetValue];

        internal ref long[] Equilibrium => ref table.Parameters[LeakyModel.Equilibrium];

        internal ref long[] Floor => ref table.Parameters[LeakyModel.Floor];

        internal ref long[] Initial => ref table.Parameters[LeakyModel.Initial];

        internal ref long[] Refractory => ref table.Parameters[LeakyModel.Refractory];

        internal ref long[] LeakRate => ref table.Parameters[Lif.LeakRate];

        internal ref long[] MembraneDecay => ref table.Parameters[table.Model is Lif ? Lif.Decay : ExponentialLif.Decay];

        internal ref long[] ExcitatoryDecay => ref table.Parameters[ExponentialLif.ExcitatoryDecay];

        internal ref long[] InhibitoryDecay => ref table.Parameters[ExponentialLif.InhibitoryDecay];

        internal ref long[] ExcitatoryCoupling => ref table.Parameters[ExponentialLif.ExcitatoryCoupling];

        internal ref long[] InhibitoryCoupling => ref table.Parameters[ExponentialLif.InhibitoryCoupling];
    }
}
