// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using NeuroMCU.Core.Platform;

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>Finds the profile of the board that the firmware runs on.</summary>
    public static class BoardStore
    {
        /// <summary>Name of the profile's file in the store.</summary>
        public const string FileName = "board.txt";

        private const int MaxBytes = 4096;

        /// <summary>Reads the profile from the store; the built-in one when the store has none.</summary>
        /// <param name="store">The store.</param>
        /// <returns>A profile that has passed <see cref="BoardCheck" />.</returns>
        /// <exception cref="BoardProfileException">The file is there but wrong, or longer than 4096 bytes. Nothing has been
        /// driven.</exception>
        public static BoardProfile Load(IFileStore store)
        {
            int length = store.Length(FileName);
            if (length < 0)
            {
                return BoardText.Parse(BuiltInBoard.Text);
            }

            if (length > MaxBytes)
            {
                throw new BoardProfileException(BoardFault.Syntax, 0);
            }

            byte[] bytes = new byte[length];
            int read = store.Read(FileName, 0, bytes, 0, length);
            return BoardText.Parse(Encoding.UTF8.GetString(bytes, 0, read));
        }
    }
}
