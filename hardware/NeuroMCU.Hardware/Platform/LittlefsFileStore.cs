// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.IO;
using NeuroMCU.Core.Platform;

namespace NeuroMCU.Hardware.Platform
{
    /// <summary>
    /// Files below one directory: the littlefs partition 'I:\' of a board, or a directory of a host. littlefs makes a change durable when
    /// the file is closed, so each call opens and closes its file.
    /// </summary>
    public sealed class LittlefsFileStore : IFileStore
    {
        private const int MaxNameLength = 32;

        private readonly string _root;

        /// <summary>Initializes a new instance of the <see cref="LittlefsFileStore" /> class.</summary>
        /// <param name="root">Directory with its final separator, for example 'I:\'. It must exist.</param>
        public LittlefsFileStore(string root)
        {
            _root = root;
        }

        /// <inheritdoc />
        public int Length(string name)
        {
            string path = PathOf(name);
            if (!File.Exists(path))
            {
                return -1;
            }

            FileStream file = new FileStream(path, FileMode.Open, FileAccess.Read);
            try
            {
                return (int)file.Length;
            }
            finally
            {
                file.Close();
            }
        }

        /// <inheritdoc />
        public int Read(string name, int fileOffset, byte[] buffer, int offset, int count)
        {
            string path = PathOf(name);
            if (count == 0 || !File.Exists(path))
            {
                return 0;
            }

            FileStream file = new FileStream(path, FileMode.Open, FileAccess.Read);
            try
            {
                if (fileOffset >= file.Length)
                {
                    return 0;
                }

                file.Seek(fileOffset, SeekOrigin.Begin);
                int done = 0;
                while (done < count)
                {
                    int part = file.Read(buffer, offset + done, count - done);
                    if (part <= 0)
                    {
                        break;
                    }

                    done += part;
                }

                return done;
            }
            finally
            {
                file.Close();
            }
        }

        /// <inheritdoc />
        public void Create(string name)
        {
            FileStream file = new FileStream(PathOf(name), FileMode.Create, FileAccess.Write);
            file.Close();
        }

        /// <inheritdoc />
        public void Append(string name, byte[] buffer, int offset, int count)
        {
            FileStream file = new FileStream(PathOf(name), FileMode.OpenOrCreate, FileAccess.ReadWrite);
            try
            {
                file.Seek(0, SeekOrigin.End);
                file.Write(buffer, offset, count);
                file.Flush();
            }
            finally
            {
                file.Close();
            }
        }

        /// <inheritdoc />
        public void Flush(string name)
        {
            // Every call above has closed its file.
        }

        /// <inheritdoc />
        public void Delete(string name)
        {
            string path = PathOf(name);
            if (File.Exists(path))
            {
                File.Delete(path);
            }
        }

        private string PathOf(string name)
        {
            if (name == null || name.Length == 0 || name.Length > MaxNameLength || name[0] == '.')
            {
                throw new ArgumentException(string.Empty, nameof(name));
            }

            for (int i = 0; i < name.Length; i++)
            {
                char c = name[i];
                bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
                if (!good)
                {
                    throw new ArgumentException(string.Empty, nameof(name));
                }
            }

            return _root + name;
        }
    }
}
