// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Integrity;

namespace NeuroMCU.Hardware.Panel
{
    /// <summary>
    /// Dots to be shown, and of each stripe the CRC-32 of what the display has: a second picture would take a kilobyte. A byte holds
    /// eight dots below each other, the lowest bit on top, as the display keeps them; what lies outside is not drawn.
    /// </summary>
    public sealed class Canvas
    {
        /// <summary>Dots across.</summary>
        public const int Width = 128;

        /// <summary>Dots down.</summary>
        public const int Height = 64;

        /// <summary>Dots across of a stripe, which is eight high: what one transfer carries.</summary>
        public const int StripeWidth = 32;

        /// <summary>Number of stripes.</summary>
        public const int Stripes = Width / StripeWidth * Height / 8;

        /// <summary>Dots from one character to the next, at single size.</summary>
        public const int Pitch = Glyphs.Columns + 1;

        private readonly byte[] _dots = new byte[Width * Height / 8];
        private readonly uint[] _shown = new uint[Stripes];
        private readonly Glyphs _glyphs = new Glyphs();

        /// <summary>Gets the dots: of a row of eight dots after the other, from the left.</summary>
        public byte[] Dots => _dots;

        /// <summary>Makes all dots dark.</summary>
        public void Clear()
        {
            Array.Clear(_dots, 0, _dots.Length);
        }

        /// <summary>Lights one dot.</summary>
        /// <param name="x">From the left, from 0.</param>
        /// <param name="y">From the top, from 0.</param>
        public void Set(int x, int y)
        {
            if (x >= 0 && x < Width && y >= 0 && y < Height)
            {
                _dots[((y >> 3) * Width) + x] |= (byte)(1 << (y & 7));
            }
        }

        /// <summary>Lights a rectangle.</summary>
        /// <param name="x">Its left side.</param>
        /// <param name="y">Its upper side.</param>
        /// <param name="width">Dots across; none when not positive.</param>
        /// <param name="height">Dots down; none when not positive.</param>
        public void Fill(int x, int y, int width, int height)
        {
            int left = x < 0 ? 0 : x;
            int right = x + width > Width ? Width : x + width;
            int top = y < 0 ? 0 : y;
            int bottom = y + height > Height ? Height : y + height;
            while (top < bottom)
            {
                int row = top & ~7;
                int end = row + 8 < bottom ? row + 8 : bottom;
                int mask = ((1 << (end - top)) - 1) << (top - row);
                int at = (row >> 3) * Width;
                for (int k = left; k < right; k++)
                {
                    _dots[at + k] |= (byte)mask;
                }

                top = end;
            }
        }

        /// <summary>Lights the dots of a straight line, its ends included.</summary>
        public void Line(int x0, int y0, int x1, int y1)
        {
            int across = x1 > x0 ? x1 - x0 : x0 - x1;
            int down = y1 > y0 ? y1 - y0 : y0 - y1;
            int steps = across > down ? across : down;
            for (int k = 0; k <= steps; k++)
            {
                int x = steps == 0 ? x0 : x0 + Rounded((x1 - x0) * k, steps);
                int y = steps == 0 ? y0 : y0 + Rounded((y1 - y0) * k, steps);
                Set(x, y);
            }
        }

        /// <summary>Writes a text; small letters are shown as large ones, characters without a form as a question mark.</summary>
        /// <param name="x">Left side of the first character.</param>
        /// <param name="row">Row of eight dots that the text begins on, 0 to 7.</param>
        /// <param name="size">1, or 2 for twice the size, on two rows.</param>
        public void Write(int x, int row, string text, int size)
        {
            for (int k = 0; k < text.Length; k++)
            {
                for (int column = 0; column < Glyphs.Columns; column++)
                {
                    int dots = _glyphs.Column(text[k], column);
                    int at = x + (((k * Pitch) + column) * size);
                    if (size == 1)
                    {
                        Or(at, row, dots);
                    }
                    else
                    {
                        int tall = Twice(dots);
                        Or(at, row, tall & 255);
                        Or(at + 1, row, tall & 255);
                        Or(at, row + 1, tall >> 8);
                        Or(at + 1, row + 1, tall >> 8);
                    }
                }
            }
        }

        /// <summary>Finds the next stripe that the display does not have as it is here.</summary>
        /// <param name="from">The stripe to begin with.</param>
        /// <returns>Its number; <see cref="Stripes" /> when there is none.</returns>
        public int NextChanged(int from)
        {
            int stripe = from;
            while (stripe < Stripes && _shown[stripe] == Sum(stripe))
            {
                stripe++;
            }

            return stripe;
        }

        /// <summary>Notes that the display has a stripe.</summary>
        public void Accept(int stripe)
        {
            _shown[stripe] = Sum(stripe);
        }

        /// <summary>Notes that nothing is known of what the display has: every stripe counts as changed.</summary>
        public void Forget()
        {
            for (int stripe = 0; stripe < Stripes; stripe++)
            {
                _shown[stripe] = ~Sum(stripe);
            }
        }

        private static int Rounded(int dividend, int divisor)
            => dividend < 0 ? -((-dividend + (divisor >> 1)) / divisor) : (dividend + (divisor >> 1)) / divisor;

        // Each of eight bits twice.
        private static int Twice(int dots)
        {
            int tall = 0;
            for (int bit = 0; bit < 8; bit++)
            {
                tall |= (dots & (1 << bit)) == 0 ? 0 : 3 << (2 * bit);
            }

            return tall;
        }

        private void Or(int x, int row, int dots)
        {
            if (x >= 0 && x < Width && row >= 0 && row < Height / 8)
            {
                _dots[(row * Width) + x] |= (byte)dots;
            }
        }

        private uint Sum(int stripe) => Crc32.Compute(_dots, stripe * StripeWidth, StripeWidth);
    }
}
