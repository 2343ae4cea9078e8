// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Image
{
    /// <content>Sections and single fields, each checked against its range before anything is allocated for it.</content>
    public sealed partial class ImageReader
    {
        // Every item takes at least itemBytes, so a count that passes here bounds what is allocated by the section's length.
        private void OpenSection(int kind, int itemBytes, int maxItems)
        {
            int entry = ImageLayout.SectionTableOffset + ((kind - 1) * ImageLayout.SectionEntryLength);
            int length = HeadInt(entry + 8);
            _position = HeadInt(entry + 4);
            _sectionEnd = _position + length;
            _items = HeadInt(entry + 12);
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
            while ((_position & 3) != 0)
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

            if (_position + bytes > _loaded)
            {
                Load();
            }
        }

        // Moves the window to the position. Pieces behind it are given up: a section table is read by then.
        private void Load()
        {
            int left = _source.Length - _position;
            int count = left < WindowSize ? left : WindowSize;
            _source.Read(_position, _window, count);
            _source.Release(_position);
            _origin = -_position;
            _loaded = _position + count;
        }

        private int NextByte(int max)
        {
            Need(1);
            int value = _window[_position + _origin];
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
            int value = Little.UInt16(_window, _position + _origin);
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
            int value = Little.Int32(_window, _position + _origin);
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

        // Values of a parameter, in four bytes each where its bounds need no more.
        private long[] NextNumbers(int count, long min, long max)
        {
            int bytes = ImageLayout.BytesOf(min, max);
            if (count > (_sectionEnd - _position) / bytes)
            {
                throw Error(ImageError.Count, _position);
            }

            long[] values = new long[count];
            for (int i = 0; i < count; i++)
            {
                Need(bytes);
                long value = bytes == 4 ? Little.Int32(_window, _position + _origin) : Little.Int64(_window, _position + _origin);
                if (value < min || value > max)
                {
                    throw Error(ImageError.Range, _position);
                }

                values[i] = value;
                _position += bytes;
            }

            return values;
        }

        private void NextZero(int bytes)
        {
            Need(bytes);
            for (int i = 0; i < bytes; i++)
            {
                if (_window[_position + _origin] != 0)
                {
                    throw Error(ImageError.Padding, _position);
                }

                _position++;
            }
        }

        private ImageException Error(int code, int position)
        {
            return new ImageException(code, position);
        }
    }
}
