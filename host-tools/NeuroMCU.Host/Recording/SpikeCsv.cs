// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Globalization;
using System.IO;

namespace NeuroMCU.Host.Recording
{
    /// <summary>
    /// Spikes as CSV: <c>index,time_s,population</c>. The index counts from 0 within the population, the time is in seconds with all six
    /// decimals of the microsecond; rows ascend in time. Names that hold a comma, a quote or a line break are quoted as in RFC 4180.
    /// </summary>
    public static class SpikeCsv
    {
        /// <summary>First line of the file.</summary>
        public const string Header = "index,time_s,population";

        /// <summary>Writes all spikes of a run.</summary>
        /// <param name="recording">The run.</param>
        /// <param name="writer">Where to; lines end in a line feed.</param>
        public static void Write(RunRecording recording, TextWriter writer)
        {
            string[] names = new string[recording.Populations.Count];
            for (int i = 0; i < names.Length; i++)
            {
                names[i] = Quote(recording.Populations[i].Name);
            }

            writer.Write(Header);
            writer.Write('\n');
            for (int i = 0; i < recording.Spikes.Count; i++)
            {
                int neuron = recording.Spikes.Neurons[i];
                int population = recording.PopulationOf(neuron);
                int index = population < 0 ? neuron : neuron - recording.Populations[population].First;
                writer.Write(index.ToString(CultureInfo.InvariantCulture));
                writer.Write(',');
                WriteSeconds(writer, recording.Spikes.Times[i]);
                writer.Write(',');
                writer.Write(population < 0 ? string.Empty : names[population]);
                writer.Write('\n');
            }
        }

        private static void WriteSeconds(TextWriter writer, long microseconds)
        {
            // By integers: a double would turn 0.1 s + 1 us into a row of nines.
            writer.Write((microseconds / 1_000_000).ToString(CultureInfo.InvariantCulture));
            writer.Write('.');
            writer.Write((microseconds % 1_000_000).ToString("D6", CultureInfo.InvariantCulture));
        }

        private static string Quote(string name)
        {
            return name.AsSpan().IndexOfAny(",\"\r\n") < 0 ? name : "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
        }
    }
}
