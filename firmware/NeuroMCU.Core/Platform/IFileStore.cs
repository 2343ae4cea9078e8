// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Platform
{
    /// <summary>
    /// A few small files that survive power-off. Names are short (at most 32 characters: letters, digits, '.', '-', '_').
    /// </summary>
    /// <remarks>
    /// Power may fail inside any call. Then <see cref="Create" /> may have left the old content, an empty file or none;
    /// <see cref="Append" /> any part of its bytes, from the front; <see cref="Delete" /> the file or none. Files that the call does
    /// not name are never harmed. Callers therefore write a new file, check it, and only then give up the old one. A call that returns
    /// has reached the medium. A medium that is full or broken throws System.IO.IOException; the file then holds any part of the bytes,
    /// from the front.
    /// </remarks>
    public interface IFileStore
    {
        /// <summary>Gets the length of a file in bytes, or -1 when there is none of that name.</summary>
        /// <param name="name">File name.</param>
        /// <returns>Length in bytes or -1.</returns>
        int Length(string name);

        /// <summary>Reads bytes from a file.</summary>
        /// <param name="name">File name.</param>
        /// <param name="fileOffset">First byte in the file, 0 or more.</param>
        /// <param name="buffer">Receives the bytes.</param>
        /// <param name="offset">First place in <paramref name="buffer" />.</param>
        /// <param name="count">Bytes wanted.</param>
        /// <returns>Bytes read: fewer than wanted at the end of the file, 0 behind it or when the file does not exist.</returns>
        int Read(string name, int fileOffset, byte[] buffer, int offset, int count);

        /// <summary>Makes an empty file; one of the same name is emptied.</summary>
        /// <param name="name">File name.</param>
        void Create(string name);

        /// <summary>Adds bytes to the end of a file, which is made when it does not exist.</summary>
        /// <param name="name">File name.</param>
        /// <param name="buffer">Holds the bytes.</param>
        /// <param name="offset">First byte in <paramref name="buffer" />.</param>
        /// <param name="count">Number of bytes.</param>
        void Append(string name, byte[] buffer, int offset, int count);

        /// <summary>Returns when a file is on the medium, name and bytes, so that it outlives the power. Throws an IOException when it
        /// cannot be put there.</summary>
        /// <param name="name">File name; the file may have been removed, then that is on the medium.</param>
        void Flush(string name);

        /// <summary>Removes a file; none of that name is no error.</summary>
        /// <param name="name">File name.</param>
        void Delete(string name);
    }
}
