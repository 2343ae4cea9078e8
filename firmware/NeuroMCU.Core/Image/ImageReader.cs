// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Image
{
    /// <summary>
    /// Turns an image into tables. Every length is checked against the bytes at hand before anything is allocated, and every value
    /// and index against its range, so that an engine built on the result needs no further checks.
    /// </summary>
    public sealed class ImageReader
    {
        private readonly byte[] _image;
        private readonly int _origin;
        private readonly NetworkTables _tables = new NetworkTables();
        private int _position;
        private int _sectionEnd;
        private int _items;
        private int _neurons;
        private int _synapses;

        private ImageReader(byte[] image, int origin)
        {
            _image = image;
            _origin = origin;
        }

        /// <summary>Reads an image.</summary>
        /// <param name="image">Array that holds the image.</param>
        /// <param name="offset">Index of its first byte.</param>
        /// <param name="length">Number of bytes.</param>
        /// <returns>The network.</returns>
        /// <exception cref="ImageException">The image is not usable; nothing of it is kept.</exception>
        public static NetworkTables Read(byte[] image, int offset, int length)
        {
            ImageHeader.CheckFrame(image, offset, length);
            ImageReader reader = new ImageReader(image, offset);
            reader.ReadHeader();
            reader.ReadPopulations();
            reader.ReadProjections();
            reader.ReadStoredSpikes();
            reader.ReadPoissonSources();
            reader.ReadDrives();
            reader.ReadTraces();
            reader.ReadReadouts();
            reader.ReadHearing();
            reader.ReadOutputs();
            reader.ReadSymbols();
            reader.CheckTotals();
            return reader._tables;
        }

        private void ReadHeader()
        {
            _tables.BoardId = Little.UInt32(_image, _origin + ImageLayout.BoardOffset);
            _position = _origin + ImageLayout.StepOffset;
            _sectionEnd = _origin + ImageLayout.SectionTableOffset;
            _tables.Step = NextInt(ImageLayout.MinStep, ImageLayout.MaxStep, ImageError.Range);
            _tables.QueueCapacity = NextInt(1, ImageLayout.MaxQueueCapacity, ImageError.Range);
            _tables.SpikeCapacity = NextInt(1, ImageLayout.MaxSpikeCapacity, ImageError.Range);
            _position = _origin + ImageLayout.HeapOffset;
            NextInt(0, int.MaxValue, ImageError.Range);
        }

        private void ReadPopulations()
        {
            OpenSection(ImageLayout.Populations, 12, ImageLayout.MaxPopulations);
            PopulationTable[] populations = new PopulationTable[_items];
            for (int i = 0; i < populations.Length; i++)
            {
                populations[i] = ReadPopulation();
            }

            _tables.Populations = populations;
            CloseSection();
        }

        private PopulationTable ReadPopulation()
        {
            PopulationTable population = new PopulationTable();
            population.Model = NextByte(ModelKind.Lif);
            bool lif = population.Model == ModelKind.Lif;
            population.Update = NextByte(lif ? UpdateKind.Clocked : UpdateKind.Event);
            population.Synapse = NextByte(population.Update == UpdateKind.Clocked ? SynapseKind.Exponential : SynapseKind.Delta);
            population.Reset = NextByte(lif ? ResetKind.Subtract : ResetKind.Value);
            population.Recorded = NextByte(1) != 0;
            NextByte(0);
            int sizeAt = _position;
            population.Size = NextUInt16(Formats.MaxPopulationSize, ImageError.Range);
            if (population.Size == 0)
            {
                throw Error(ImageError.Range, sizeAt);
            }

            _neurons += population.Size;
            if (_neurons > ImageLayout.MaxNeurons)
            {
                throw Error(ImageError.Count, sizeAt);
            }

            int shape = NextUInt16(lif ? ImageLayout.AllShapes : 0, ImageError.Range);
            NextZero(2);
            if (lif)
            {
                ReadLif(population, shape);
            }

            return population;
        }

        private void ReadLif(PopulationTable population, int shape)
        {
            int size = population.Size;
            bool exponential = population.Synapse == SynapseKind.Exponential;
            if (!exponential && (shape & (ImageLayout.ExcitatoryShape | ImageLayout.InhibitoryShape)) != 0)
            {
                throw Error(ImageError.Range, _position - 4);
            }

            const int max = ImageLayout.MaxMembrane;
            population.Threshold = NextInts(Count(shape, ImageLayout.ThresholdShape, size), 1 - max, max);
            int resetAt = _position;
            population.ResetValue = NextInts(Count(shape, ImageLayout.ResetShape, size), -max, max);
            population.Equilibrium = NextInts(Count(shape, ImageLayout.EquilibriumShape, size), -max, max);
            int floorAt = _position;
            population.Floor = NextInts(Count(shape, ImageLayout.FloorShape, size), int.MinValue, max);
            int initialAt = _position;
            population.Initial = NextInts(Count(shape, ImageLayout.InitialShape, size), -max, max);
            RequireBelowThreshold(population.ResetValue, population.Threshold, resetAt);
            RequireBelowThreshold(population.Floor, population.Threshold, floorAt);
            RequireBelowThreshold(population.Initial, population.Threshold, initialAt);
            population.Refractory = NextInts(Count(shape, ImageLayout.RefractoryShape, size), 0, ImageLayout.MaxRefractory);
            int leaks = Count(shape, ImageLayout.LeakShape, size);
            if (population.Update == UpdateKind.Event)
            {
                population.LeakRate = NextLongs(leaks, ImageLayout.MinLeakRate, ImageLayout.MaxLeakRate);
                return;
            }

            population.MembraneDecay = NextInts(leaks, 0, int.MaxValue);
            if (exponential)
            {
                population.ExcitatoryDecay = NextInt(0, int.MaxValue, ImageError.Range);
                population.InhibitoryDecay = NextInt(0, int.MaxValue, ImageError.Range);
                population.ExcitatoryCoupling = NextInts(Count(shape, ImageLayout.ExcitatoryShape, size), 0, int.MaxValue);
                population.InhibitoryCoupling = NextInts(Count(shape, ImageLayout.InhibitoryShape, size), 0, int.MaxValue);
            }
        }

        private void ReadProjections()
        {
            OpenSection(ImageLayout.Synapses, 16, ImageLayout.MaxProjections);
            ProjectionTable[] projections = new ProjectionTable[_items];
            for (int i = 0; i < projections.Length; i++)
            {
                projections[i] = ReadProjection();
            }

            _tables.Projections = projections;
            CloseSection();
        }

        private ProjectionTable ReadProjection()
        {
            ProjectionTable projection = new ProjectionTable();
            projection.Source = NextUInt16(_tables.Populations.Length - 1, ImageError.Index);
            int targetAt = _position;
            projection.Target = NextUInt16(_tables.Populations.Length - 1, ImageError.Index);
            PopulationTable target = _tables.Populations[projection.Target];
            if (target.Model == ModelKind.Source)
            {
                throw Error(ImageError.Index, targetAt);
            }

            projection.Receptor = NextByte(target.Synapse == SynapseKind.Exponential ? 1 : 0);
            NextZero(3);
            projection.WeightScale = NextInt(1, ImageLayout.MaxWeightScale, ImageError.Range);
            int rows = _tables.Populations[projection.Source].Size;
            int countAt = _position;
            int synapses = NextInt(0, int.MaxValue, ImageError.Count);
            int left = _sectionEnd - _position - (4 * (rows + 1));
            if (left < 0 || synapses > left / 6)
            {
                throw Error(ImageError.Count, countAt);
            }

            _synapses += synapses;
            projection.RowStart = ReadRowStarts(rows, synapses);
            projection.Synapses = ReadSynapses(projection.RowStart, synapses, target.Size);
            projection.Weights = new short[synapses];
            for (int i = 0; i < synapses; i++)
            {
                int weight = (short)Little.UInt16(_image, _position);
                if (weight < -Formats.MaxWeight)
                {
                    throw Error(ImageError.Range, _position);
                }

                projection.Weights[i] = (short)weight;
                _position += 2;
            }

            SkipPadding();
            return projection;
        }

        private int[] ReadRowStarts(int rows, int synapses)
        {
            int[] starts = new int[rows + 1];
            int previous = 0;
            for (int i = 0; i <= rows; i++)
            {
                int at = _position;
                int start = NextInt(0, synapses, ImageError.Index);
                if (start < previous || (i == 0 && start != 0) || (i == rows && start != synapses))
                {
                    throw Error(ImageError.Order, at);
                }

                if (start - previous > ImageLayout.MaxRow)
                {
                    throw Error(ImageError.Count, at);
                }

                starts[i] = start;
                previous = start;
            }

            return starts;
        }

        private int[] ReadSynapses(int[] rowStart, int count, int targetSize)
        {
            int[] synapses = new int[count];
            int rows = rowStart.Length - 1;
            for (int row = 0; row < rows; row++)
            {
                int end = rowStart[row + 1];
                uint previous = 0;
                for (int i = rowStart[row]; i < end; i++)
                {
                    uint synapse = Little.UInt32(_image, _position);
                    if ((int)(synapse & Formats.TargetMask) >= targetSize)
                    {
                        throw Error(ImageError.Index, _position);
                    }

                    if ((synapse >> Formats.TargetBits) > Formats.MaxDelay)
                    {
                        throw Error(ImageError.Range, _position);
                    }

                    if (synapse < previous)
                    {
                        throw Error(ImageError.Order, _position);
                    }

                    synapses[i] = (int)synapse;
                    previous = synapse;
                    _position += 4;
                }
            }

            return synapses;
        }

        private void ReadStoredSpikes()
        {
            OpenSection(ImageLayout.StoredSpikes, 6, int.MaxValue);
            int[] times = new int[_items];
            short[] sources = new short[_items];
            int previous = 0;
            for (int i = 0; i < times.Length; i++)
            {
                int at = _position;
                int time = NextInt(0, int.MaxValue, ImageError.Range);
                if (time < previous)
                {
                    throw Error(ImageError.Order, at);
                }

                times[i] = time;
                previous = time;
            }

            for (int i = 0; i < sources.Length; i++)
            {
                int at = _position;
                int neuron = NextUInt16(_neurons - 1, ImageError.Index);
                RequireModel(neuron, 1, ModelKind.Source, at);
                sources[i] = (short)neuron;
            }

            _tables.SpikeTimes = times;
            _tables.SpikeSources = sources;
            SkipPadding();
            CloseSection();
        }

        private void ReadPoissonSources()
        {
            OpenSection(ImageLayout.PoissonSources, 20, ImageLayout.MaxPoissonSources);
            PoissonTable[] sources = new PoissonTable[_items];
            int total = 0;
            for (int i = 0; i < sources.Length; i++)
            {
                int at = _position;
                PoissonTable source = new PoissonTable();
                source.First = NextUInt16(_neurons - 1, ImageError.Index);
                source.Count = NextUInt16(_neurons - source.First, ImageError.Index);
                RequireModel(source.First, source.Count, ModelKind.Source, at);
                total += source.Count;
                if (total > ImageLayout.MaxPoissonSources)
                {
                    throw Error(ImageError.Count, at);
                }

                source.MeanInterval = NextInt(1, int.MaxValue, ImageError.Range);
                source.Seed = (uint)NextInt(int.MinValue, int.MaxValue, ImageError.Range);
                source.Start = NextInt(0, int.MaxValue, ImageError.Range);
                source.Stop = NextInt(source.Start, int.MaxValue, ImageError.Order);
                sources[i] = source;
            }

            _tables.PoissonSources = sources;
            CloseSection();
        }

        private void ReadDrives()
        {
            OpenSection(ImageLayout.Drives, 20, ImageLayout.MaxBindings);
            DriveTable[] drives = new DriveTable[_items];
            for (int i = 0; i < drives.Length; i++)
            {
                DriveTable drive = new DriveTable();
                int at = _position;
                drive.Population = NextUInt16(_tables.Populations.Length - 1, ImageError.Index);
                PopulationTable population = _tables.Populations[drive.Population];
                if (population.Model == ModelKind.Source)
                {
                    throw Error(ImageError.Index, at);
                }

                drive.First = NextUInt16(population.Size - 1, ImageError.Index);
                drive.Count = NextUInt16(population.Size - drive.First, ImageError.Index);
                NextZero(2);
                drive.Amplitude = NextInt(-ImageLayout.MaxMembrane, ImageLayout.MaxMembrane, ImageError.Range);
                drive.Start = NextInt(0, int.MaxValue, ImageError.Range);
                drive.Stop = NextInt(drive.Start, int.MaxValue, ImageError.Order);
                drives[i] = drive;
            }

            _tables.Drives = drives;
            CloseSection();
        }

        private void ReadTraces()
        {
            OpenSection(ImageLayout.Traces, 8, ImageLayout.MaxTraces);
            TraceTable[] traces = new TraceTable[_items];
            for (int i = 0; i < traces.Length; i++)
            {
                int at = _position;
                TraceTable trace = new TraceTable();
                trace.Neuron = NextInt(0, _neurons - 1, ImageError.Index);
                RequireModel(trace.Neuron, 1, ModelKind.Lif, at);
                trace.Interval = NextInt(1, int.MaxValue, ImageError.Range);
                traces[i] = trace;
            }

            _tables.Traces = traces;
            CloseSection();
        }

        private void ReadReadouts()
        {
            OpenSection(ImageLayout.Readouts, 24, ImageLayout.MaxBindings);
            ReadoutTable[] readouts = new ReadoutTable[_items];
            for (int i = 0; i < readouts.Length; i++)
            {
                readouts[i] = ReadReadout();
            }

            _tables.Readouts = readouts;
            CloseSection();
        }

        private ReadoutTable ReadReadout()
        {
            ReadoutTable readout = new ReadoutTable();
            readout.Kind = NextByte(ReadoutKind.Direction);
            NextZero(1);
            int countAt = _position;
            int populations = NextUInt16(ImageLayout.MaxPopulations, ImageError.Count);
            bool direction = readout.Kind == ReadoutKind.Direction;
            if (populations == 0 || (populations > 1 && !direction))
            {
                throw Error(ImageError.Count, countAt);
            }

            readout.HalfWidth = NextUInt16(Formats.MaxPopulationSize, ImageError.Range);
            NextZero(2);
            readout.Window = NextInt(0, int.MaxValue, ImageError.Range);
            readout.MinSpikes = NextInt(0, int.MaxValue, ImageError.Range);
            int valuesAt = _position;
            int values = NextInt(0, Formats.MaxPopulationSize, ImageError.Count);
            int parameters = NextInt(0, direction ? ImageLayout.MaxReadoutParameters : 0, ImageError.Count);
            readout.Populations = new int[populations];
            for (int i = 0; i < populations; i++)
            {
                readout.Populations[i] = NextUInt16(_tables.Populations.Length - 1, ImageError.Index);
            }

            SkipPadding();
            if (values != (direction ? 0 : _tables.Populations[readout.Populations[0]].Size))
            {
                throw Error(ImageError.Count, valuesAt);
            }

            readout.Values = NextInts(values, int.MinValue, int.MaxValue);
            readout.Parameters = NextInts(parameters, int.MinValue, int.MaxValue);
            return readout;
        }

        private void ReadHearing()
        {
            OpenSection(ImageLayout.Hearing, 12, ImageLayout.MaxBindings);
            HearingTable[] hearing = new HearingTable[_items];
            for (int i = 0; i < hearing.Length; i++)
            {
                HearingTable table = new HearingTable();
                table.Left = NextSourcePopulation();
                int rightAt = _position;
                table.Right = NextSourcePopulation();
                if (_tables.Populations[table.Left].Size != _tables.Populations[table.Right].Size)
                {
                    throw Error(ImageError.Index, rightAt);
                }

                table.SampleRate = NextInt(1, int.MaxValue, ImageError.Range);
                table.Parameters = NextInts(NextInt(0, ImageLayout.MaxHearingParameters, ImageError.Count), int.MinValue, int.MaxValue);
                hearing[i] = table;
            }

            _tables.Hearing = hearing;
            CloseSection();
        }

        private void ReadOutputs()
        {
            OpenSection(ImageLayout.Outputs, 12, ImageLayout.MaxBindings);
            OutputTable[] outputs = new OutputTable[_items];
            for (int i = 0; i < outputs.Length; i++)
            {
                OutputTable output = new OutputTable();
                output.Source = NextByte(OutputSource.Neuron);
                output.Output = NextByte(255);
                int last = output.Source == OutputSource.Readout ? _tables.Readouts.Length - 1 : _neurons - 1;
                output.Index = NextUInt16(last, ImageError.Index);
                output.From = NextInt(int.MinValue, int.MaxValue, ImageError.Range);
                output.To = NextInt(int.MinValue, int.MaxValue, ImageError.Range);
                outputs[i] = output;
            }

            _tables.Outputs = outputs;
            CloseSection();
        }

        private void ReadSymbols()
        {
            OpenSection(ImageLayout.Symbols, 1, int.MaxValue);
            byte[] symbols = new byte[_items];
            for (int i = 0; i < symbols.Length; i++)
            {
                symbols[i] = _image[_position + i];
            }

            _position += symbols.Length;
            _tables.Symbols = symbols;
            SkipPadding();
            CloseSection();
        }

        private void CheckTotals()
        {
            if (Little.Int32(_image, _origin + ImageLayout.NeuronsOffset) != _neurons)
            {
                throw new ImageException(ImageError.Count, ImageLayout.NeuronsOffset);
            }

            if (Little.Int32(_image, _origin + ImageLayout.SynapsesOffset) != _synapses)
            {
                throw new ImageException(ImageError.Count, ImageLayout.SynapsesOffset);
            }
        }

        // Every item takes at least itemBytes, so a count that passes here bounds what is allocated by the section's length.
        private void OpenSection(int kind, int itemBytes, int maxItems)
        {
            int entry = _origin + ImageLayout.SectionTableOffset + ((kind - 1) * ImageLayout.SectionEntryLength);
            int length = Little.Int32(_image, entry + 8);
            _position = _origin + Little.Int32(_image, entry + 4);
            _sectionEnd = _position + length;
            _items = Little.Int32(_image, entry + 12);
            if (_items < 0 || _items > maxItems || _items > length / itemBytes)
            {
                throw Error(ImageError.Count, entry + 12);
            }
        }

        private void CloseSection()
        {
            if (_position != _sectionEnd)
            {
                throw Error(ImageError.Padding, _position);
            }
        }

        private void SkipPadding()
        {
            while (((_position - _origin) & 3) != 0)
            {
                NextZero(1);
            }
        }

        private void Need(int bytes)
        {
            if (bytes > _sectionEnd - _position)
            {
                throw Error(ImageError.Count, _position);
            }
        }

        private int NextByte(int max)
        {
            Need(1);
            int value = _image[_position];
            if (value > max)
            {
                throw Error(ImageError.Range, _position);
            }

            _position++;
            return value;
        }

        private int NextUInt16(int max, int code)
        {
            Need(2);
            int value = Little.UInt16(_image, _position);
            if (value > max)
            {
                throw Error(code, _position);
            }

            _position += 2;
            return value;
        }

        private int NextInt(int min, int max, int code)
        {
            Need(4);
            int value = Little.Int32(_image, _position);
            if (value < min || value > max)
            {
                throw Error(code, _position);
            }

            _position += 4;
            return value;
        }

        private int[] NextInts(int count, int min, int max)
        {
            if (count > (_sectionEnd - _position) / 4)
            {
                throw Error(ImageError.Count, _position);
            }

            int[] values = new int[count];
            for (int i = 0; i < count; i++)
            {
                values[i] = NextInt(min, max, ImageError.Range);
            }

            return values;
        }

        private long[] NextLongs(int count, long min, long max)
        {
            if (count > (_sectionEnd - _position) / 8)
            {
                throw Error(ImageError.Count, _position);
            }

            long[] values = new long[count];
            for (int i = 0; i < count; i++)
            {
                long value = Little.Int64(_image, _position);
                if (value < min || value > max)
                {
                    throw Error(ImageError.Range, _position);
                }

                values[i] = value;
                _position += 8;
            }

            return values;
        }

        private void NextZero(int bytes)
        {
            Need(bytes);
            for (int i = 0; i < bytes; i++)
            {
                if (_image[_position] != 0)
                {
                    throw Error(ImageError.Padding, _position);
                }

                _position++;
            }
        }

        private int NextSourcePopulation()
        {
            int at = _position;
            int population = NextUInt16(_tables.Populations.Length - 1, ImageError.Index);
            if (_tables.Populations[population].Model != ModelKind.Source)
            {
                throw Error(ImageError.Index, at);
            }

            return population;
        }

        private void RequireModel(int first, int count, int model, int at)
        {
            int begin = 0;
            for (int i = 0; i < _tables.Populations.Length; i++)
            {
                PopulationTable population = _tables.Populations[i];
                if (population.Model != model && first < begin + population.Size && first + count > begin)
                {
                    throw Error(ImageError.Index, at);
                }

                begin += population.Size;
            }
        }

        private void RequireBelowThreshold(int[] values, int[] threshold, int at)
        {
            int count = values.Length > threshold.Length ? values.Length : threshold.Length;
            for (int i = 0; i < count; i++)
            {
                int k = values.Length == 1 ? 0 : i;
                if (values[k] >= threshold[threshold.Length == 1 ? 0 : i])
                {
                    throw Error(ImageError.Range, at + (4 * k));
                }
            }
        }

        private static int Count(int shape, int bit, int size)
        {
            return (shape & bit) != 0 ? size : 1;
        }

        private ImageException Error(int code, int position)
        {
            return new ImageException(code, position - _origin);
        }
    }
}
