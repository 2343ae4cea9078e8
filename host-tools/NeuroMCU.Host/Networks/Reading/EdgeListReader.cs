// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using System.Linq;

namespace NeuroMCU.Host.Networks.Reading
{
    /// <summary>
    /// Reads a CSV edge list, <c>pre,post,weight,delay</c>. A bare <c>weight</c> is in the unit of the target (mV, nC or pure), a bare
    /// <c>delay</c> in ms as in PyNN's FromFileConnector; <c>weight_mV</c>, <c>weight_nC</c>, <c>delay_us</c>, <c>delay_ms</c> and <c>delay_s</c> name their unit.
    /// </summary>
    internal static class EdgeListReader
    {
        private static readonly string[] s_delayNames = ["delay", "delay_ms", "delay_us", "delay_s"];

        /// <summary>Reads the edges.</summary>
        /// <param name="context">The network file.</param>
        /// <param name="field">The field that names the CSV file.</param>
        /// <param name="source">Source population.</param>
        /// <param name="target">Target population.</param>
        /// <returns>The edges in file order, or null after a report.</returns>
        public static List<Pair>? Read(ReadContext context, Field field, Population source, Population target)
        {
            CsvTable? table = CsvTable.Open(context, field);
            if (table == null)
            {
                return null;
            }

            int pre = table.Column("pre");
            int post = table.Column("post");
            string weightName = target.WeightDimension == Dimension.None ? "weight" : "weight_" + target.WeightUnit;
            int weight = Math.Max(table.Column("weight"), table.Column(weightName));
            int delay = s_delayNames.Max(table.Column);
            int known = new[] { pre, post, weight, delay }.Count(c => c >= 0);
            if (pre < 0 || post < 0 || known != table.Header.Count)
            {
                table.ReportHeader("pre,post,weight,delay");
                return null;
            }

            double scale = delay < 0 ? 0 : DelayScale(table.Header[delay]);
            int errors = context.ErrorCount;
            List<Pair> pairs = new(table.RowCount);
            for (int row = 0; row < table.RowCount; row++)
            {
                int? from = table.Index(row, pre, source.Size);
                int? to = table.Index(row, post, target.Size);
                double? strength = weight < 0 ? null : table.Number(row, weight);
                double? time = delay < 0 ? null : table.Number(row, delay) * scale;
                if (time is < 0 or > Core.Numerics.Formats.MaxDelay)
                {
                    table.ReportCell(row, delay, "expected a delay from 0 to 1 s", DiagnosticKind.Delay);
                }

                pairs.Add(new Pair(from ?? 0, to ?? 0, strength, time));
            }

            return context.ErrorCount == errors ? pairs : null;
        }

        private static double DelayScale(string column)
        {
            return column switch
            {
                "delay_us" => 1,
                "delay_s" => 1e6,
                _ => 1e3,
            };
        }
    }
}
