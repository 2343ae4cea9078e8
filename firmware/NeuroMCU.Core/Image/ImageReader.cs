// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Image
{
    /// <summary>
    /// Turns an image into tables. Every length is checked against the bytes at hand before anything is allocated, and every value
    /// and index against its range, so that an engine built on the result needs no further checks.
    /// </summary>
    public sealed partial class ImageReader
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
            reader.ReadChannels();
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
    }
}
