// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Core.Image
{
    /// <summary>
    /// Turns an image into tables. Every length is checked against the bytes at hand before anything is allocated, and every item against
    /// <see cref="ImageRules" />, so that an error names the byte.
    /// </summary>
    public sealed partial class ImageReader
    {
        private const int WindowSize = 512;

        private readonly IImageSource _source;
        private readonly byte[] _window;
        private readonly byte[] _head;
        private readonly int _headAt;
        private readonly NetworkTables _tables = new NetworkTables();
        private readonly Model[] _models;

        // Index of the image's byte 0 in the window, as if it were there, and the first byte behind the window.
        private int _origin;
        private int _loaded;
        private int _position;
        private int _sectionEnd;
        private int _items;
        private int _neurons;
        private int _synapses;

        private ImageReader(byte[] image, int origin, int length, Model[] models)
        {
            _models = models;
            _window = image;
            _origin = origin;
            _loaded = length;
            _head = image;
            _headAt = origin;
        }

        private ImageReader(IImageSource source, byte[] head, Model[] models)
        {
            _models = models;
            _source = source;
            _window = new byte[WindowSize];
            _head = head;
        }

        /// <summary>Reads an image.</summary>
        /// <param name="image">Array that holds the image.</param>
        /// <param name="offset">Index of its first byte.</param>
        /// <param name="length">Number of bytes.</param>
        /// <param name="models">The models that may stand in it.</param>
        /// <returns>The network.</returns>
        /// <exception cref="ImageException">The image is not usable; nothing of it is kept.</exception>
        public static NetworkTables Read(byte[] image, int offset, int length, Model[] models)
        {
            ImageHeader.CheckFrame(image, offset, length);
            return new ImageReader(image, offset, length, models).ReadAll();
        }

        /// <summary>Reads an image piece by piece and lets go of each piece behind it: memory never holds the whole image and the
        /// network.</summary>
        /// <param name="source">The image.</param>
        /// <param name="models">The models that may stand in it.</param>
        /// <returns>The network.</returns>
        /// <exception cref="ImageException">The image is not usable; nothing of it is kept, and some of the source may be gone.</exception>
        public static NetworkTables Read(IImageSource source, Model[] models)
        {
            byte[] head = ImageHeader.CheckFrame(source);
            return new ImageReader(source, head, models).ReadAll();
        }

        private NetworkTables ReadAll()
        {
            ReadHeader();
            ReadPopulations();
            ReadProjections();
            ReadStoredSpikes();
            ReadPoissonSources();
            ReadDrives();
            ReadTraces();
            ReadReadouts();
            ReadHearing();
            ReadOutputs();
            ReadSymbols();
            ReadChannels();
            ReadLearning();
            CheckTotals();
            return _tables;
        }

        private void ReadHeader()
        {
            _tables.BoardId = (uint)HeadInt(ImageLayout.BoardOffset);
            _tables.Step = HeadInt(ImageLayout.StepOffset);
            _tables.QueueCapacity = HeadInt(ImageLayout.QueueCapacityOffset);
            _tables.SpikeCapacity = HeadInt(ImageLayout.SpikeCapacityOffset);
            ImageRules.Header(_tables, 0);
            if (HeadInt(ImageLayout.HeapOffset) < 0)
            {
                throw Error(ImageError.Range, ImageLayout.HeapOffset);
            }
        }

        private int HeadInt(int at) => Little.Int32(_head, _headAt + at);

        private void ReadSymbols()
        {
            OpenSection(ImageLayout.Symbols, 1);
            byte[] symbols = new byte[_items];
            for (int i = 0; i < symbols.Length; i++)
            {
                Need(1);
                symbols[i] = _window[_position + _origin];
                _position++;
            }

            _tables.Symbols = symbols;
            SkipPadding();
            CloseSection();
        }

        private void CheckTotals()
        {
            if (HeadInt(ImageLayout.NeuronsOffset) != _neurons)
            {
                throw new ImageException(ImageError.Count, ImageLayout.NeuronsOffset);
            }

            if (HeadInt(ImageLayout.SynapsesOffset) != _synapses)
            {
                throw new ImageException(ImageError.Count, ImageLayout.SynapsesOffset);
            }
        }
    }
}
