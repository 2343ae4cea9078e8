// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.IO;
using NeuroMCU.Core.Platform;

namespace NeuroMCU.DeviceTests.Rig
{
    /// <summary>A file store in memory, for a few files.</summary>
    internal sealed class MemoryFiles : IFileStore
    {
        private const int MostFiles = 4;
        private const int MostBytes = 4096;

        private readonly string[] _names = new string[MostFiles];
        private readonly byte[][] _contents = new byte[MostFiles][];
        private readonly int[] _lengths = new int[MostFiles];

        public int Length(string name)
        {
            int file = Find(name);
            return file < 0 ? -1 : _lengths[file];
        }

        public int Read(string name, int fileOffset, byte[] buffer, int offset, int count)
        {
            int file = Find(name);
            int left = file < 0 ? 0 : _lengths[file] - fileOffset;
            count = count < left ? count : left;
            if (count <= 0)
            {
                return 0;
            }

            Array.Copy(_contents[file], fileOffset, buffer, offset, count);
            return count;
        }

        public void Create(string name)
        {
            int file = Find(name);
            for (int k = 0; k < MostFiles && file < 0; k++)
            {
                file = _names[k] == null ? k : -1;
            }

            if (file < 0)
            {
                throw new IOException("the store is full");
            }

            _names[file] = name;
            _lengths[file] = 0;
            if (_contents[file] == null)
            {
                _contents[file] = new byte[MostBytes];
            }
        }

        public void Append(string name, byte[] buffer, int offset, int count)
        {
            if (Find(name) < 0)
            {
                Create(name);
            }

            int file = Find(name);
            if (count > MostBytes - _lengths[file])
            {
                throw new IOException("the store is full");
            }

            Array.Copy(buffer, offset, _contents[file], _lengths[file], count);
            _lengths[file] += count;
        }

        public void Flush(string name)
        {
        }

        public void Delete(string name)
        {
            int file = Find(name);
            if (file >= 0)
            {
                _names[file] = null;
            }
        }

        private int Find(string name)
        {
            for (int k = 0; k < MostFiles; k++)
            {
                // nanoCLR compares texts only where there are any: with null the operator is no comparison but a crash.
                if (_names[k] != null && _names[k] == name)
                {
                    return k;
                }
            }

            return -1;
        }
    }
}
