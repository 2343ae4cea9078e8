// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Integrity;

namespace NeuroMCU.Core.Image
{
    /// <summary>Writes tables as an image. It asks for every rule of the reader first, so a written image is a readable one.</summary>
    public sealed class ImageWriter
    {
        private readonly NetworkTables _tables;
        private readonly int _heap;

        // The bytes from _from up to _to go into the buffer, from its beginning; without a buffer the writer only measures.
        private byte[] _buffer;
        private int _from;
        private int _to;
        private int _position;
        private int _sectionStart;

        /// <summary>Initializes a new instance of the <see cref="ImageWriter" /> class, which measures.</summary>
        /// <param name="tables">The network; tables that are null count as empty.</param>
        /// <exception cref="ImageException">The tables are inconsistent or exceed a limit of the format.</exception>
        internal ImageWriter(NetworkTables tables)
        {
            ImageRules.Require(tables);
            _tables = tables;
            _heap = DeviceMemory.Estimate(tables);
            WriteAll();
            Length = _position;
            if (Length > ImageLayout.MaxLength)
            {
                throw new ImageException(ImageError.Length, ImageLayout.LengthOffset);
            }
        }

        /// <summary>Gets the length of the image in bytes.</summary>
        internal int Length { get; }

        /// <summary>Writes an image.</summary>
        /// <param name="tables">The network; tables that are null count as empty.</param>
        /// <returns>The image, exactly as long as it declares.</returns>
        /// <exception cref="ImageException">The tables are inconsistent or exceed a limit of the format.</exception>
        public static byte[] Write(NetworkTables tables)
        {
            // Measured first, so that the image is allocated once.
            ImageWriter writer = new ImageWriter(tables);
            byte[] image = new byte[writer.Length];
            writer.Fill(image, 0, image.Length);
            int checksumOffset = image.Length - ImageLayout.ChecksumLength;
            Little.PutInt32(image, checksumOffset, (int)Crc32.Compute(image, 0, checksumOffset));
            return image;
        }

        /// <summary>Writes a part of the image; where its CRC lies, the bytes stay as they are.</summary>
        internal void Fill(byte[] buffer, int from, int to)
        {
            _buffer = buffer;
            _from = from;
            _to = to;
            WriteAll();
            _buffer = null;
        }

        private void WriteAll()
        {
            _position = ImageLayout.FirstSectionOffset;
            WritePopulations();
            WriteProjections();
            WriteStoredSpikes();
            WritePoissonSources();
            WriteDrives();
            WriteTraces();
            WriteReadouts();
            WriteHearing();
            WriteOutputs();
            WriteSymbols();
            WriteChannels();
            WriteLearning();
            _position += ImageLayout.ChecksumLength;
            WriteHeader();
        }

        private void WriteHeader()
        {
            int length = _position;
            _position = 0;
            PutInt((int)ImageLayout.Magic);
            PutShort(ImageLayout.Version);
            PutShort(ImageLayout.SectionCount);
            PutInt(length);
            PutInt((int)_tables.BoardId);
            PutInt(_tables.Step);
            PutInt(_tables.QueueCapacity);
            PutInt(_tables.SpikeCapacity);
            PutInt(TableShape.Neurons(_tables));
            PutInt(TableShape.Synapses(_tables));
            PutInt(_heap);
            _position = length;
        }

        private void WritePopulations()
        {
            OpenSection();
            foreach (PopulationTable population in _tables.Populations)
            {
                PutByte(population.Model.Number);
                PutByte(population.Update);
                PutByte(population.Recorded ? 1 : 0);
                PutByte(0);
                PutShort(population.Size);
                PutShort(0);
                if (population.Model.IsProgram)
                {
                    WriteProgram(population.Program);
                }
                else if (!population.Model.IsSource)
                {
                    WriteParameters(population);
                }
            }

            CloseSection(ImageLayout.Populations, _tables.Populations.Length);
        }

        private void WriteParameters(PopulationTable population)
        {
            PutByte(population.Receptors.Length);
            PutByte(population.Channels.Length == 0 ? 0 : 1);
            PutShort(0);
            foreach (ReceptorTable receptor in population.Receptors)
            {
                PutByte(receptor.Stages);
                PutByte(receptor.Inhibitory ? 1 : 0);
                PutShort(0);
                PutInt(receptor.Decay);
            }

            PutInts(population.Channels);
            for (int i = 0; i < population.Parameters.Length; i++)
            {
                long[] values = population.Parameters[i];
                PutInt(values.Length);
                PutNumbers(values, ImageLayout.BytesOf(population.Model.Least[i], population.Model.Most[i]));
            }
        }

        private void WriteProgram(VectorProgram program)
        {
            PutShort(program.Start.Length);
            PutShort(program.Tables.Length);
            PutShort(program.Inlets.Length / 3);
            PutShort(program.Visible.Length);
            PutInt(program.Code.Length);
            PutInt(program.Drive);
            PutInt(program.DriveLeast);
            PutInt(program.DriveMost);
            PutInts(program.Inlets);
            PutInts(program.Visible);
            foreach (int[] start in program.Start)
            {
                PutInt(start.Length);
                PutInts(start);
            }

            foreach (int[] table in program.Tables)
            {
                PutInt(table.Length);
                PutInts(table);
            }

            PutInts(program.Code);
        }

        private void WriteChannels()
        {
            OpenSection();
            foreach (ChannelTable channel in _tables.Channels)
            {
                PutShort(channel.Channel);
                PutShort(channel.Currents.Length);
                PutInt((int)channel.Calibration);
                PutInt(channel.MaxCode);
                PutInts(channel.Currents);
                PutInts(channel.Codes);
            }

            CloseSection(ImageLayout.Channels, _tables.Channels.Length);
        }

        private void WriteLearning()
        {
            OpenSection();
            foreach (LearningTable learning in _tables.Learning)
            {
                PutShort(learning.Projection);
                PutShort(learning.Modulator);
                PutInt(learning.Limit);
                PutInt(learning.Interval);
                PutByte(learning.Variables.Length);
                PutByte(learning.Blocks.Length);
                PutByte(learning.Sends ? 1 : 0);
                PutByte(0);
                foreach (LearningVariable variable in learning.Variables)
                {
                    PutByte(variable.Owner);
                    PutByte(variable.Course);
                    PutShort(variable.LookBack);
                    PutInt(variable.Start);
                    PutInt(variable.Most);
                    PutInt((int)variable.Rate);
                    PutInt((int)(variable.Rate >> 32));
                }

                foreach (LearningBlock block in learning.Blocks)
                {
                    PutByte(block.Event);
                    PutByte(block.Bindings.Length);
                    PutShort(block.Steps.Length);
                    PutInts(block.Bindings);
                    PutInts(block.Steps);
                    WriteProgram(block.Program.Program);
                }
            }

            CloseSection(ImageLayout.Learning, _tables.Learning.Length);
        }

        private void WriteProjections()
        {
            OpenSection();
            foreach (ProjectionTable projection in _tables.Projections)
            {
                PutShort(projection.Source);
                PutShort(projection.Target);
                PutByte(projection.Receptor);
                PutByte(0);
                PutShort(0);
                PutInt(projection.WeightScale);
                PutInt(projection.Synapses.Length);
                PutInts(projection.RowStart);
                PutInts(projection.Synapses);
                PutShorts(projection.Weights);
            }

            CloseSection(ImageLayout.Synapses, _tables.Projections.Length);
        }

        private void WriteStoredSpikes()
        {
            OpenSection();
            PutInts(_tables.SpikeTimes);
            PutShorts(_tables.SpikeSources);
            CloseSection(ImageLayout.StoredSpikes, _tables.SpikeTimes.Length);
        }

        private void WritePoissonSources()
        {
            OpenSection();
            foreach (PoissonTable source in _tables.PoissonSources)
            {
                PutShort(source.First);
                PutShort(source.Count);
                PutInt(source.MeanInterval);
                PutInt((int)source.Seed);
                PutInt(source.Start);
                PutInt(source.Stop);
            }

            CloseSection(ImageLayout.PoissonSources, _tables.PoissonSources.Length);
        }

        private void WriteDrives()
        {
            OpenSection();
            foreach (DriveTable drive in _tables.Drives)
            {
                PutShort(drive.Population);
                PutShort(drive.First);
                PutShort(drive.Count);
                PutShort(0);
                PutInt(drive.Amplitude);
                PutInt(drive.Start);
                PutInt(drive.Stop);
            }

            CloseSection(ImageLayout.Drives, _tables.Drives.Length);
        }

        private void WriteTraces()
        {
            OpenSection();
            foreach (TraceTable trace in _tables.Traces)
            {
                PutInt(trace.Neuron);
                PutInt(trace.Interval);
                PutInt(trace.Quantity);
            }

            CloseSection(ImageLayout.Traces, _tables.Traces.Length);
        }

        private void WriteReadouts()
        {
            OpenSection();
            foreach (ReadoutTable readout in _tables.Readouts)
            {
                PutByte(readout.Kind);
                PutByte(0);
                PutShort(readout.Populations.Length);
                PutShort(readout.HalfWidth);
                PutShort(0);
                PutInt(readout.Window);
                PutInt(readout.MinSpikes);
                PutInt(readout.Values.Length);
                PutInt(readout.Parameters.Length);
                foreach (int population in readout.Populations)
                {
                    PutShort(population);
                }

                while ((_position & 3) != 0)
                {
                    PutByte(0);
                }

                PutInts(readout.Values);
                PutInts(readout.Parameters);
            }

            CloseSection(ImageLayout.Readouts, _tables.Readouts.Length);
        }

        private void WriteHearing()
        {
            OpenSection();
            foreach (HearingTable hearing in _tables.Hearing)
            {
                PutShort(hearing.Left);
                PutShort(hearing.Right);
                PutInt(hearing.SampleRate);
                PutInt(hearing.Parameters.Length);
                PutInts(hearing.Parameters);
            }

            CloseSection(ImageLayout.Hearing, _tables.Hearing.Length);
        }

        private void WriteOutputs()
        {
            OpenSection();
            foreach (OutputTable output in _tables.Outputs)
            {
                PutByte(output.Source);
                PutByte(output.Output);
                PutShort(output.Index);
                PutInt(output.From);
                PutInt(output.To);
            }

            CloseSection(ImageLayout.Outputs, _tables.Outputs.Length);
        }

        private void WriteSymbols()
        {
            OpenSection();
            if (!Skip(_tables.Symbols.Length))
            {
                foreach (byte symbol in _tables.Symbols)
                {
                    PutByte(symbol);
                }
            }

            CloseSection(ImageLayout.Symbols, _tables.Symbols.Length);
        }

        private void OpenSection()
        {
            _sectionStart = _position;
        }

        private void CloseSection(int kind, int items)
        {
            while ((_position & 3) != 0)
            {
                PutByte(0);
            }

            int end = _position;
            _position = ImageLayout.SectionTableOffset + ((kind - 1) * ImageLayout.SectionEntryLength);
            PutInt(kind);
            PutInt(_sectionStart);
            PutInt(end - _sectionStart);
            PutInt(items);
            _position = end;
        }

        // Whole tables outside of the part are stepped over.
        private bool Skip(int bytes)
        {
            if (_buffer != null && _position < _to && _position + bytes > _from)
            {
                return false;
            }

            _position += bytes;
            return true;
        }

        private void PutByte(int value)
        {
            Put((byte)value, 1);
        }

        private void PutShort(int value)
        {
            Put((ushort)value, 2);
        }

        private void PutInt(int value)
        {
            Put((uint)value, 4);
        }

        private void Put(uint value, int bytes)
        {
            if (Skip(bytes))
            {
                return;
            }

            for (int k = 0; k < bytes; k++)
            {
                if (_position >= _from && _position < _to)
                {
                    _buffer[_position - _from] = (byte)(value >> (8 * k));
                }

                _position++;
            }
        }

        private void PutNumbers(long[] values, int bytes)
        {
            if (!Skip(bytes * values.Length))
            {
                foreach (long value in values)
                {
                    PutInt((int)value);
                    if (bytes == 8)
                    {
                        PutInt((int)(value >> 32));
                    }
                }
            }
        }

        private void PutInts(int[] values)
        {
            if (!Skip(4 * values.Length))
            {
                foreach (int value in values)
                {
                    PutInt(value);
                }
            }
        }

        private void PutShorts(short[] values)
        {
            if (!Skip(2 * values.Length))
            {
                foreach (short value in values)
                {
                    PutShort((ushort)value);
                }
            }

            while ((_position & 3) != 0)
            {
                PutByte(0);
            }
        }
    }
}
