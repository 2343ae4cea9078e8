// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models.Learning
{
    /// <summary>
    /// The synapses of a projection that learns. The weights of the tables stay the weights: each has its value in finer units beside it,
    /// so that small changes add up.
    /// </summary>
    internal sealed class PlasticSynapses
    {
        /// <summary>Bits of the fraction of a fine weight.</summary>
        internal const int Bits = 30;

        internal const int One = LearningTable.One;
        internal const int Half = One >> 1;

        internal readonly Axon Axon;
        internal readonly EngineCounters Counters;

        /// <summary>Packed delays and targets.</summary>
        internal readonly int[] Synapses;

        /// <summary>Weights in units of the projection.</summary>
        internal readonly short[] Weights;

        /// <summary>Weights as parts of the limit, Q30.</summary>
        internal readonly int[] Fine;

        /// <summary>Weight at the upper end, in units of the projection.</summary>
        internal readonly long Limit;

        /// <summary>Group of each synapse: those of a row that a spike reaches at the same time.</summary>
        internal readonly short[] Group;

        /// <summary>Number of groups.</summary>
        internal readonly int Groups;

        /// <summary>Where the synapses of each target begin in the columns.</summary>
        internal readonly short[] ColumnStart;

        /// <summary>Synapses by target, in the order of the rows.</summary>
        internal readonly short[] Column;

        internal PlasticSynapses(LearningTable table, Axon axon, EngineCounters counters)
        {
            Axon = axon;
            Counters = counters;
            Synapses = axon.Synapses;
            Weights = axon.Weights;
            Limit = table.Limit;
            int count = Weights.Length;
            Fine = new int[count];
            for (int k = 0; k < count; k++)
            {
                Take(k, Weights[k]);
            }

            if (table.Sends)
            {
                axon.Weights = new short[count];
            }

            Group = new short[count];
            Groups = GroupRows(axon.RowStart, axon.Synapses, Group);
            ColumnStart = new short[axon.Target.Size + 1];
            Column = new short[count];
            Transpose();
        }

        /// <summary>Counts the groups of a projection.</summary>
        internal static int CountGroups(ProjectionTable projection)
        {
            return GroupRows(projection.RowStart, projection.Synapses, null);
        }

        /// <summary>Target of a synapse.</summary>
        internal int TargetOf(int synapse) => Synapses[synapse] & Formats.TargetMask;

        /// <summary>A weight has been written from outside.</summary>
        internal void Take(int synapse, int weight)
        {
            Fine[synapse] = (int)Saturation.Clamp(((long)weight << Bits) / Limit, 0, One);
        }

        /// <summary>Sets a weight, which stays between its ends.</summary>
        internal void Set(int synapse, long value)
        {
            if (value <= 0 || value >= One)
            {
                value = value <= 0 ? 0 : One;
                Counters.LearningEnds++;
            }

            Fine[synapse] = (int)value;
            Weights[synapse] = InUnits(value);
        }

        /// <summary>A part of the limit in units of the projection.</summary>
        internal short InUnits(long value) => (short)(((value * Limit) + Half) >> Bits);

        /// <summary>What is sent becomes the weights.</summary>
        internal void ResetSent()
        {
            short[] sent = Axon.Weights;
            if (sent != Weights)
            {
                for (int k = 0; k < sent.Length; k++)
                {
                    sent[k] = Weights[k];
                }
            }
        }

        private static int GroupRows(int[] rowStart, int[] synapses, short[] group)
        {
            int groups = 0;
            for (int row = 0; row + 1 < rowStart.Length; row++)
            {
                for (int k = rowStart[row]; k < rowStart[row + 1]; k++)
                {
                    bool together = k > rowStart[row]
                        && (uint)synapses[k] >> Formats.TargetBits == (uint)synapses[k - 1] >> Formats.TargetBits;
                    groups += together ? 0 : 1;
                    if (group != null)
                    {
                        group[k] = (short)(groups - 1);
                    }
                }
            }

            return groups;
        }

        private void Transpose()
        {
            for (int k = 0; k < Synapses.Length; k++)
            {
                ColumnStart[TargetOf(k) + 1]++;
            }

            for (int i = 1; i < ColumnStart.Length; i++)
            {
                ColumnStart[i] += ColumnStart[i - 1];
            }

            short[] next = new short[ColumnStart.Length];
            for (int k = 0; k < Synapses.Length; k++)
            {
                int target = TargetOf(k);
                Column[ColumnStart[target] + next[target]++] = (short)k;
            }
        }
    }
}
