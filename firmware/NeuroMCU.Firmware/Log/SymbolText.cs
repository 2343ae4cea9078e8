// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;

namespace NeuroMCU.Firmware.Log
{
    /// <summary>Finds names in the symbol lines of an image, for what the device itself has to say.</summary>
    internal sealed class SymbolText
    {
        private const string NetworkKey = "network ";

        private readonly byte[] _text;

        /// <summary>Initializes a new instance of the <see cref="SymbolText" /> class.</summary>
        /// <param name="text">The lines in UTF-8; null for none.</param>
        internal SymbolText(byte[] text)
        {
            _text = text == null ? new byte[0] : text;
        }

        /// <summary>Gets the name of the network, which may hold spaces.</summary>
        internal string Network => Field(Find(NetworkKey), 1, true);

        /// <summary>Gets the name of a read-out.</summary>
        /// <returns>The name; empty when the image has none.</returns>
        internal string ReadoutName(int index) => Field(Find("readout " + index.ToString() + " "), 2, false);

        /// <summary>Gets the unit of a read-out.</summary>
        /// <returns>The unit; empty when the image has none.</returns>
        internal string ReadoutUnit(int index) => Field(Find("readout " + index.ToString() + " "), 3, false);

        private int Find(string start)
        {
            int line = 0;
            while (line < _text.Length)
            {
                int k = 0;
                while (k < start.Length && line + k < _text.Length && _text[line + k] == start[k])
                {
                    k++;
                }

                if (k == start.Length)
                {
                    return line;
                }

                while (line < _text.Length && _text[line] != 10)
                {
                    line++;
                }

                line++;
            }

            return -1;
        }

        private string Field(int line, int number, bool toLineEnd)
        {
            if (line < 0)
            {
                return string.Empty;
            }

            int at = line;
            for (int skip = 0; skip < number; skip++)
            {
                while (at < _text.Length && _text[at] != 10 && _text[at] != 32)
                {
                    at++;
                }

                if (at >= _text.Length || _text[at] == 10)
                {
                    return string.Empty;
                }

                at++;
            }

            int end = at;
            while (end < _text.Length && _text[end] != 10 && (toLineEnd || _text[end] != 32))
            {
                end++;
            }

            return Encoding.UTF8.GetString(_text, at, end - at);
        }
    }
}
