// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Engine
{
    /// <summary>
    /// Changes numbers of a network that runs: rates and amplitudes of inputs, parameters of populations. They are written into the tables,
    /// from which a reset or an image takes them, and act from the next microsecond on.
    /// </summary>
    internal sealed class EngineChanges
    {
        private readonly NetworkTables _tables;
        private readonly EngineInputs _inputs;

        /// <summary>Initializes a new instance of the <see cref="EngineChanges" /> class.</summary>
        internal EngineChanges(NetworkTables tables, EngineInputs inputs)
        {
            _tables = tables;
            _inputs = inputs;
        }

        /// <summary>Changes the mean interval of a Poisson source.</summary>
        /// <param name="interval">Mean interval in µs.</param>
        /// <param name="now">Present in µs.</param>
        /// <returns>One of <see cref="ChangeResult" />.</returns>
        internal int SetInterval(int source, long interval, long now)
        {
            if (source < 0 || source >= _tables.PoissonSources.Length)
            {
                return ChangeResult.NoPlace;
            }

            if (interval < 1 || interval > int.MaxValue)
            {
                return ChangeResult.BadValue;
            }

            _tables.PoissonSources[source].MeanInterval = (int)interval;
            _inputs.Redraw(source, now);
            return ChangeResult.Done;
        }

        /// <summary>Changes the amplitude of a step of drive.</summary>
        /// <param name="amplitude">In units of the population's drive.</param>
        /// <param name="now">Present in µs.</param>
        /// <returns>One of <see cref="ChangeResult" />.</returns>
        internal int SetAmplitude(int drive, long amplitude, long now)
        {
            if (drive < 0 || drive >= _tables.Drives.Length)
            {
                return ChangeResult.NoPlace;
            }

            DriveTable table = _tables.Drives[drive];
            if (amplitude < -ImageLayout.MaxMembrane || amplitude > ImageLayout.MaxMembrane)
            {
                return ChangeResult.BadValue;
            }

            bool computes = ComputesCrossings(table.Population);
            int former = table.Amplitude;
            table.Amplitude = (int)amplitude;
            if (!computes && ComputesCrossings(table.Population))
            {
                table.Amplitude = former;
                return ChangeResult.Fixed;
            }

            _inputs.Renew(table.Population, now);
            return ChangeResult.Done;
        }

        /// <summary>Changes a parameter of a population.</summary>
        /// <param name="parameter">Place of the parameter; of a program: the register of its drive.</param>
        /// <param name="place">Place of the value: 0, or the neuron where each has its own.</param>
        /// <param name="value">The value, as in the image.</param>
        /// <param name="now">Present in µs.</param>
        /// <returns>One of <see cref="ChangeResult" />.</returns>
        internal int SetParameter(int population, int parameter, int place, long value, long now)
        {
            if (population < 0 || population >= _tables.Populations.Length)
            {
                return ChangeResult.NoPlace;
            }

            PopulationTable table = _tables.Populations[population];
            if (table.Model.IsSource || !table.Model.TakesChange(table, parameter))
            {
                return ChangeResult.Fixed;
            }

            int result = table.Model.IsProgram ? SetRegister(table.Program, parameter, place, value)
                : SetValue(population, table, parameter, place, value);
            if (result == ChangeResult.Done)
            {
                _inputs.Renew(population, now);
            }

            return result;
        }

        private static int SetRegister(VectorProgram program, int register, int place, long value)
        {
            int[] values = program.Start[register];
            if (place < 0 || place >= values.Length)
            {
                return ChangeResult.NoPlace;
            }

            if (value < program.DriveLeast || value > program.DriveMost)
            {
                return ChangeResult.BadValue;
            }

            values[place] = (int)value;
            return ChangeResult.Done;
        }

        private int SetValue(int population, PopulationTable table, int parameter, int place, long value)
        {
            long[] values = table.Parameters[parameter];
            if (place < 0 || place >= values.Length)
            {
                return ChangeResult.NoPlace;
            }

            if (value < table.Model.Least[parameter] || value > table.Model.Most[parameter])
            {
                return ChangeResult.BadValue;
            }

            bool computes = ComputesCrossings(population);
            long former = values[place];
            values[place] = value;
            int result = table.Model.FirstUnsound(table) >= 0 ? ChangeResult.BadValue
                : !computes && ComputesCrossings(population) ? ChangeResult.Fixed : ChangeResult.Done;
            if (result != ChangeResult.Done)
            {
                values[place] = former;
            }

            return result;
        }

        // What computes no crossings has no places for them.
        private bool ComputesCrossings(int population)
        {
            PopulationTable table = _tables.Populations[population];
            return table.Model.ComputesCrossings(table, NetworkBuilder.DrivesOf(_tables, population));
        }
    }
}
