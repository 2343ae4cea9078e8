// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.IO;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Integrity;
using NeuroMCU.Core.Platform;

namespace NeuroMCU.Firmware.Store
{
    /// <summary>
    /// Two slots for network images, so that power may fail at any moment: the older slot is written, checked by reading it back, and
    /// counts only when its last byte is there. A slot is magic "NMS1" (4) | schema (2) | flags (2) | generation (4) | length (4) | image |
    /// CRC-32 over all of it (4), little-endian.
    /// </summary>
    internal sealed class ImageStore
    {
        /// <summary>File of the first slot.</summary>
        internal const string FileA = "net_a.bin";

        /// <summary>File of the second slot.</summary>
        internal const string FileB = "net_b.bin";

        /// <summary>Bytes before the image.</summary>
        internal const int HeaderSize = 16;

        /// <summary>Bytes after the image.</summary>
        internal const int TrailerSize = 4;

        private const uint Magic = 0x31534D4E;
        private const int Schema = 1;
        private const int BootFlag = 1;

        // A few more calls of the file system, for heap that the network beside Wi-Fi needs.
        private const int ChunkSize = 256;

        private readonly IFileStore _files;
        private readonly byte[] _chunk = new byte[ChunkSize];
        private readonly StoreSlot _a;
        private readonly StoreSlot _b;

        /// <summary>Initializes a new instance of the <see cref="ImageStore" /> class for networks, and looks at both slots.</summary>
        internal ImageStore(IFileStore files)
            : this(files, FileA, FileB)
        {
        }

        /// <summary>Initializes a new instance of the <see cref="ImageStore" /> class for something else that must be old or
        /// new.</summary>
        internal ImageStore(IFileStore files, string fileA, string fileB)
        {
            _files = files;
            _a = new StoreSlot(fileA);
            _b = new StoreSlot(fileB);
            Scan();
        }

        /// <summary>Gets the slot with the newest image; null when none is valid.</summary>
        internal StoreSlot Newest
        {
            get
            {
                bool a = _a.Condition == StoreSlot.Valid;
                bool b = _b.Condition == StoreSlot.Valid;
                if (a && b)
                {
                    return (int)(_a.Generation - _b.Generation) > 0 ? _a : _b;
                }

                return a ? _a : b ? _b : null;
            }
        }

        /// <summary>Gets the slot that is not <see cref="Newest" />; the next image goes there.</summary>
        internal StoreSlot Other => Newest == _a ? _b : _a;

        /// <summary>Gets a value indicating whether images were here but none of them is whole.</summary>
        internal bool AllDamaged
            => Newest == null && (_a.Condition == StoreSlot.Damaged || _b.Condition == StoreSlot.Damaged);

        /// <summary>Gets the number of images written since start.</summary>
        internal int Writes { get; private set; }

        /// <summary>Gets the number of times that an image was about to be written, successful or not: each may have lasted
        /// seconds.</summary>
        internal int Attempts { get; private set; }

        /// <summary>Looks at both slots anew.</summary>
        internal void Scan()
        {
            Examine(_a);
            Examine(_b);
        }

        /// <summary>Opens an image, which is read from its file piece by piece.</summary>
        /// <returns>The image, or null when the slot is no longer as it was at the last look.</returns>
        internal IImageSource Load(StoreSlot slot)
        {
            Examine(slot);
            return slot.Condition == StoreSlot.Valid ? new StoredImage(_files, slot.File, HeaderSize, slot.Length) : null;
        }

        /// <summary>Writes an image to the older slot and checks it there. On failure the newest image stays what it was.</summary>
        /// <param name="startAtBoot">True when the device is to run it at power-on.</param>
        /// <returns>The slot that was written, or null: the medium refused, or gave back something else.</returns>
        internal StoreSlot Save(IImageSource image, bool startAtBoot)
        {
            Attempts++;
            StoreSlot newest = Newest;
            StoreSlot slot = Other;
            uint generation = newest == null ? 1 : newest.Generation + 1;
            try
            {
                Write(slot, image, generation, startAtBoot);
                Examine(slot);
            }
            catch (IOException)
            {
                slot.Condition = StoreSlot.Damaged;
            }

            if (slot.Condition != StoreSlot.Valid || slot.Generation != generation || slot.Length != image.Length || !Equals(slot, image))
            {
                Discard(slot);
                return null;
            }

            Writes++;
            return slot;
        }

        /// <summary>Deletes both slots, the newest last: should power fail in between, no older network comes back.</summary>
        /// <returns>False when the medium refused.</returns>
        internal bool Erase()
        {
            Attempts++;
            StoreSlot last = Newest == _b ? _b : _a;
            bool gone = Discard(last == _a ? _b : _a);
            gone &= Discard(last);
            return gone && _a.Condition == StoreSlot.Empty && _b.Condition == StoreSlot.Empty;
        }

        private static uint ReadUInt32(byte[] data, int at)
            => data[at] | ((uint)data[at + 1] << 8) | ((uint)data[at + 2] << 16) | ((uint)data[at + 3] << 24);

        private static void WriteUInt32(byte[] data, int at, uint value)
        {
            data[at] = (byte)value;
            data[at + 1] = (byte)(value >> 8);
            data[at + 2] = (byte)(value >> 16);
            data[at + 3] = (byte)(value >> 24);
        }

        private void Write(StoreSlot slot, IImageSource image, uint generation, bool startAtBoot)
        {
            byte[] chunk = _chunk;
            slot.Condition = StoreSlot.Torn;
            _files.Create(slot.File);
            WriteUInt32(chunk, 0, Magic);
            chunk[4] = Schema;
            chunk[5] = 0;
            chunk[6] = (byte)(startAtBoot ? BootFlag : 0);
            chunk[7] = 0;
            WriteUInt32(chunk, 8, generation);
            WriteUInt32(chunk, 12, (uint)image.Length);
            uint crc = Crc32.Compute(chunk, 0, HeaderSize);
            _files.Append(slot.File, chunk, 0, HeaderSize);
            for (int at = 0; at < image.Length; at += ChunkSize)
            {
                int count = image.Length - at < ChunkSize ? image.Length - at : ChunkSize;
                image.Read(at, chunk, count);
                crc = Crc32.Update(crc, chunk, 0, count);
                _files.Append(slot.File, chunk, 0, count);
            }

            // Only these four bytes make the slot count.
            WriteUInt32(chunk, 0, crc);
            _files.Append(slot.File, chunk, 0, TrailerSize);
            _files.Flush(slot.File);
        }

        private void Examine(StoreSlot slot)
        {
            byte[] chunk = _chunk;
            int size = _files.Length(slot.File);
            slot.Generation = 0;
            slot.Length = 0;
            slot.StartAtBoot = false;
            if (size <= 0)
            {
                slot.Condition = StoreSlot.Empty;
                return;
            }

            if (size < HeaderSize + TrailerSize || _files.Read(slot.File, 0, chunk, 0, HeaderSize) != HeaderSize)
            {
                slot.Condition = StoreSlot.Torn;
                return;
            }

            int length = (int)ReadUInt32(chunk, 12);
            if (ReadUInt32(chunk, 0) != Magic || chunk[4] != Schema || chunk[5] != 0 || length < 0)
            {
                slot.Condition = StoreSlot.Damaged;
                return;
            }

            if (size - HeaderSize - TrailerSize != length)
            {
                slot.Condition = size - HeaderSize - TrailerSize < length ? StoreSlot.Torn : StoreSlot.Damaged;
                return;
            }

            uint generation = ReadUInt32(chunk, 8);
            bool boot = (chunk[6] & BootFlag) != 0;
            uint crc = Crc32.Compute(chunk, 0, HeaderSize);
            int end = HeaderSize + length;
            int at = HeaderSize;
            while (at < end)
            {
                int read = _files.Read(slot.File, at, chunk, 0, end - at < ChunkSize ? end - at : ChunkSize);
                if (read <= 0)
                {
                    slot.Condition = StoreSlot.Damaged;
                    return;
                }

                crc = Crc32.Update(crc, chunk, 0, read);
                at += read;
            }

            if (_files.Read(slot.File, end, chunk, 0, TrailerSize) != TrailerSize || ReadUInt32(chunk, 0) != crc)
            {
                slot.Condition = StoreSlot.Damaged;
                return;
            }

            slot.Condition = StoreSlot.Valid;
            slot.Generation = generation;
            slot.Length = length;
            slot.StartAtBoot = boot;
        }

        private bool Equals(StoreSlot slot, IImageSource image)
        {
            byte[] chunk = _chunk;
            byte[] wanted = new byte[ChunkSize];
            for (int at = 0; at < image.Length; at += ChunkSize)
            {
                int count = image.Length - at < ChunkSize ? image.Length - at : ChunkSize;
                image.Read(at, wanted, count);
                if (_files.Read(slot.File, HeaderSize + at, chunk, 0, count) != count)
                {
                    return false;
                }

                for (int k = 0; k < count; k++)
                {
                    if (chunk[k] != wanted[k])
                    {
                        return false;
                    }
                }
            }

            return true;
        }

        // False when the medium refused: the file may come back with the power.
        private bool Discard(StoreSlot slot)
        {
            bool gone = true;
            try
            {
                _files.Delete(slot.File);
                _files.Flush(slot.File);
            }
            catch (IOException)
            {
                gone = false;
            }

            Examine(slot);
            return gone;
        }
    }
}
