// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.Host.Recording
{
    /// <summary>A membrane trace of one neuron, in the population's physical unit.</summary>
    public sealed class TraceRecord
    {
        /// <summary>Takes the arrays over without a copy.</summary>
        /// <param name="name">What to call it, such as <c>cells[3]</c>.</param>
        /// <param name="neuron">Global neuron index.</param>
        /// <param name="unit">Unit of the values, such as <c>mV</c>; empty when they have none.</param>
        /// <param name="times">Sample times in µs since start, ascending.</param>
        /// <param name="values">Values in <paramref name="unit" />.</param>
        /// <exception cref="ArgumentException">The arrays differ in length.</exception>
        public TraceRecord(string name, int neuron, string unit, long[] times, double[] values)
        {
            ArgumentNullException.ThrowIfNull(times);
            ArgumentNullException.ThrowIfNull(values);
            if (times.Length != values.Length)
            {
                throw new ArgumentException($"{times.Length} times but {values.Length} values", nameof(values));
            }

            Name = name;
            Neuron = neuron;
            Unit = unit;
            Times = times;
            Values = values;
        }

        /// <summary>What to call it.</summary>
        public string Name { get; }

        /// <summary>Global neuron index.</summary>
        public int Neuron { get; }

        /// <summary>Unit of the values; empty when they have none.</summary>
        public string Unit { get; }

        /// <summary>Sample times in µs since start, ascending.</summary>
        public long[] Times { get; }

        /// <summary>Values in <see cref="Unit" />.</summary>
        public double[] Values { get; }
    }
}
