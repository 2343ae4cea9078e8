// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Core.Image
{
    /// <content>Sections and single fields; the bytes have to be there before anything is allocated for them.</content>
    public sealed partial class ImageReader
    {
        // Every item takes at least itemBytes, so a count that passes here bounds what is allocated by the section's length.
        private void OpenSection(int kind, int itemBytes)
        {
            int entry = ImageLayout.SectionTableOffset + ((kind - 1) * ImageLayout.SectionEntryLength);
            int length = HeadInt(entry + 8);
            _position = HeadInt(entry + 4);
            _sectionEnd = _position + length;
            _items = HeadInt(entry + 12);
            if (_items < 0 || _items > ImageRules.MaxItems(kind) || _items > length / itemBytes)
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

        private int NextByte()
        {
            Need(1);
            return _window[_position++ + _origin];
        }

        private bool NextFlag()
        {
            int at = _position;
            int value = NextByte();
            if (value > 1)
            {
                throw Error(ImageError.Range, at);
            }

            return value != 0;
        }

        private int NextUInt16()
        {
            Need(2);
            int value = Little.UInt16(_window, _position + _origin);
            _position += 2;
            return value;
        }

        private int NextInt()
        {
            Need(4);
            int value = Little.Int32(_window, _position + _origin);
            _position += 4;
            return value;
        }

        private int[] NextInts(int count)
        {
            Room(count, 4);
            int[] values = new int[count];
            for (int i = 0; i < count; i++)
            {
                values[i] = NextInt();
            }

            return values;
        }

        private short[] NextShorts(int count)
        {
            Room(count, 2);
            short[] values = new short[count];
            for (int i = 0; i < count; i++)
            {
                values[i] = (short)NextUInt16();
            }

            return values;
        }

        // Values of a parameter, in four bytes each where its bounds need no more.
        private long[] NextNumbers(int count, long min, long max)
        {
            int bytes = ImageLayout.BytesOf(min, max);
            Room(count, bytes);
            long[] values = new long[count];
            for (int i = 0; i < count; i++)
            {
                Need(bytes);
                values[i] = bytes == 4 ? Little.Int32(_window, _position + _origin) : Little.Int64(_window, _position + _origin);
                _position += bytes;
            }

            return values;
        }

        // Nothing is allocated for more than the section holds.
        private void Room(int count, int bytes)
        {
            if (count > (_sectionEnd - _position) / bytes)
            {
                throw Error(ImageError.Count, _position);
            }
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

        private ImageException Error(int code, int position) => new ImageException(code, position);
    }
}
