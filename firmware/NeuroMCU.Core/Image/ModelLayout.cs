// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Image
{
    /// <summary>
    /// What reader, writer and engine need to know of a model that keeps its parameters in <see cref="PopulationTable.Parameters" />:
    /// how many there are and between which bounds each lies. A new model is one more case in each of these methods.
    /// </summary>
    public static class ModelLayout
    {
        /// <summary>Gets the number of parameters of a model.</summary>
        /// <param name="model">One of <see cref="ModelKind" />.</param>
        /// <returns>The number; 0 for models that do not keep their parameters there.</returns>
        public static int Count(int model)
        {
            switch (model)
            {
                case ModelKind.Thyristor:
                    return ThyristorLayout.Count;
                case ModelKind.Bursting:
                    return BurstingLayout.Count;
                default:
                    return 0;
            }
        }

        /// <summary>Gets the least values of a model's parameters.</summary>
        internal static long[] Least(int model)
        {
            return model == ModelKind.Thyristor ? ThyristorLayout.Least : BurstingLayout.Least;
        }

        /// <summary>Gets the largest values of a model's parameters.</summary>
        internal static long[] Most(int model)
        {
            return model == ModelKind.Thyristor ? ThyristorLayout.Most : BurstingLayout.Most;
        }

        /// <summary>Tells whether parameters that lie within their bounds also fit each other.</summary>
        internal static bool IsSound(PopulationTable table)
        {
            return table.Model == ModelKind.Thyristor ? ThyristorLayout.IsSound(table) : BurstingLayout.IsSound(table);
        }
    }
}
