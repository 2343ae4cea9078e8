// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Firmware.Channels;
using NeuroMCU.Firmware.Store;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hearing;
using NeuroMCU.Models;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Network
{
    /// <summary>
    /// The network that the device has: loads it from the store or from an upload, refuses what does not belong here, and keeps the former
    /// one when anything goes wrong.
    /// </summary>
    internal sealed class NetworkHolder
    {
        private readonly BoardProfile _profile;
        private readonly ChannelBank _channels;
        private readonly uint _calibration;
        private ImagePicture _picture;

        /// <summary>Initializes a new instance of the <see cref="NetworkHolder" /> class.</summary>
        /// <param name="deviceId">Unique id of the device, for which drive tables are calibrated.</param>
        internal NetworkHolder(ImageStore store, BoardProfile profile, byte[] deviceId, ChannelBank channels)
        {
            Store = store;
            _profile = profile;
            _channels = channels;
            _calibration = Core.Integrity.Crc32.Compute(deviceId, 0, deviceId.Length);
        }

        /// <summary>Gets the store.</summary>
        internal ImageStore Store { get; }

        /// <summary>Gets the loaded network; null when there is none.</summary>
        internal LoadedNetwork Current { get; private set; }

        /// <summary>Gets the number that belongs to the last refusal.</summary>
        internal int Detail { get; private set; }

        /// <summary>Loads the newest image of the store; if it cannot be used, the other one.</summary>
        /// <param name="startAtBoot">Set to true when the image asks to be run at power-on.</param>
        /// <returns>Why the newest image could not be used, one of <see cref="ErrorCode" />; None when it could, or when the store is
        /// empty.</returns>
        internal int LoadStored(out bool startAtBoot)
        {
            startAtBoot = false;
            StoreSlot newest = Store.Newest;
            if (newest == null)
            {
                Detail = 0;
                return Store.AllDamaged ? ErrorCode.StoreCorrupt : ErrorCode.None;
            }

            int code = LoadSlot(newest);
            if (code == ErrorCode.None)
            {
                startAtBoot = newest.StartAtBoot;
                return code;
            }

            StoreSlot other = Store.Other;
            int detail = Detail;
            if (other.Condition == StoreSlot.Valid && LoadSlot(other) == ErrorCode.None)
            {
                startAtBoot = other.StartAtBoot;
            }

            Detail = detail;
            return code;
        }

        /// <summary>Loads an uploaded image in place of the network there is.</summary>
        /// <param name="target">One of <see cref="UploadTarget" />, with or without <see cref="UploadTarget.Replace" />.</param>
        /// <param name="startAtBoot">True when the device is to run it at power-on (target store).</param>
        /// <returns>
        /// Why not, one of <see cref="ErrorCode" />; the former network is there then and goes on running, unless its place was needed:
        /// <see cref="Restore" /> brings it back then.
        /// </returns>
        internal int Replace(ImageBlocks image, int target, bool startAtBoot, INetworkRun run)
        {
            ImageHeader header;
            int code = Examine(image, out header);
            if (code != ErrorCode.None)
            {
                return code;
            }

            if (Current != null && (long)Current.Memory + header.HeapBytes > _profile.MaxNetworkBytes)
            {
                code = MakeRoom(target, header.HeapBytes, run);
                if (code != ErrorCode.None)
                {
                    return code;
                }
            }

            LoadedNetwork network = null;
            NetworkTables tables = ReadTables(image, out code);
            if (tables != null)
            {
                int need = Need(tables);
                if (Current != null && need <= _profile.MaxNetworkBytes && need > _profile.MaxNetworkBytes - Current.Memory)
                {
                    // It needs more than it says, and more than there is beside the former one.
                    code = MakeRoom(target, need, run);
                }

                if (code == ErrorCode.None)
                {
                    network = Build(tables, need, image.Length, header.Checksum, out code);
                }
            }

            StoreSlot slot = null;
            if (network != null && (target & UploadTarget.Store) != 0)
            {
                // The upload is gone by now, block by block: its image is made again from what was read, and is the same.
                ImagePicture picture = new ImagePicture(tables);
                network.Length = picture.Length;
                network.Crc = picture.Crc;
                slot = Store.Save(picture, startAtBoot);
                code = slot == null ? ErrorCode.StoreWrite : ErrorCode.None;
            }

            if (code != ErrorCode.None)
            {
                return code;
            }

            run.End(EndReason.Stopped);
            Mark(network, slot);
            Current = network;
            _picture = null;
            run.Adopt();
            return ErrorCode.None;
        }

        /// <summary>Loads the stored network that is not the loaded one; what the loaded one has learned since it was stored is
        /// gone.</summary>
        /// <returns>
        /// Why not, one of <see cref="ErrorCode" />: NoNetwork when there is no other one, UnsavedNetwork when the loaded one is not
        /// stored. The former network is there then.
        /// </returns>
        internal int LoadOther(INetworkRun run)
        {
            Detail = 0;
            StoreSlot newest = Store.Newest;
            if (Current != null && !Current.IsStored)
            {
                return ErrorCode.UnsavedNetwork;
            }

            bool hasNewest = Current != null && newest != null && Current.Generation == newest.Generation;
            StoreSlot wanted = hasNewest ? Store.Other : newest;
            if (wanted == null || wanted.Condition != StoreSlot.Valid)
            {
                return ErrorCode.NoNetwork;
            }

            // Both at once may have no place.
            StoreSlot former = Current == null ? null : hasNewest ? newest : Store.Other;
            run.End(EndReason.Stopped);
            Drop();
            int code = LoadSlot(wanted);
            if (code != ErrorCode.None && former != null)
            {
                int detail = Detail;
                LoadSlot(former);
                Detail = detail;
            }

            run.Adopt();
            return code;
        }

        /// <summary>Stores the loaded network with its current weights.</summary>
        /// <param name="startAtBoot">True when the device is to run it at power-on.</param>
        /// <returns>Why not, one of <see cref="ErrorCode" />.</returns>
        internal int Persist(bool startAtBoot)
        {
            Detail = 0;
            if (Current == null)
            {
                return ErrorCode.NoNetwork;
            }

            ImagePicture image = new ImagePicture(Current.Engine.Tables);
            StoreSlot slot = Store.Save(image, startAtBoot);
            if (slot == null)
            {
                return ErrorCode.StoreWrite;
            }

            Current.Length = image.Length;
            Current.Crc = image.Crc;
            Mark(Current, slot);
            return ErrorCode.None;
        }

        /// <summary>Deletes the stored networks. The loaded one stays, and goes on running.</summary>
        /// <returns>Why not, one of <see cref="ErrorCode" />; the stored network is the former one then.</returns>
        internal int Erase()
        {
            if (!Store.Erase())
            {
                return ErrorCode.StoreWrite;
            }

            if (Current != null)
            {
                Current.IsStored = false;
                Current.Generation = 0;
            }

            return ErrorCode.None;
        }

        /// <summary>Gives the image of the loaded network with its current weights, for reading back.</summary>
        /// <param name="anew">True for the weights of this moment, false for what was given last.</param>
        /// <returns>The image; null when there is no network.</returns>
        internal IImageSource Picture(bool anew)
        {
            if (Current == null)
            {
                return null;
            }

            if (anew || _picture == null)
            {
                _picture = new ImagePicture(Current.Engine.Tables);
            }

            return _picture;
        }

        /// <summary>Lets go of the image that <see cref="Picture" /> keeps.</summary>
        internal void ForgetPicture()
        {
            _picture = null;
        }

        /// <summary>Makes room for an upload that has no place beside the loaded network.</summary>
        /// <param name="target">One of <see cref="UploadTarget" />, with or without <see cref="UploadTarget.Replace" />.</param>
        /// <returns>Why not, one of <see cref="ErrorCode" />.</returns>
        internal int Expect(int bytes, int target, INetworkRun run)
        {
            _picture = null;
            return Current == null || (long)Current.Memory + bytes <= _profile.MaxNetworkBytes ? ErrorCode.None
                : MakeRoom(target, bytes, run);
        }

        /// <summary>Loads the newest stored network again when the one in memory had to make room for an upload that came to
        /// nothing.</summary>
        internal void Restore(INetworkRun run)
        {
            if (Current != null)
            {
                return;
            }

            int detail = Detail;
            if (Store.Newest != null)
            {
                LoadSlot(Store.Newest);
            }

            run.Adopt();
            Detail = detail;
        }

        private static void Mark(LoadedNetwork network, StoreSlot slot)
        {
            network.IsStored = slot != null;
            network.Generation = slot == null ? 0 : slot.Generation;
        }

        private int LoadSlot(StoreSlot slot)
        {
            IImageSource image = Store.Load(slot);
            if (image == null)
            {
                Detail = 0;
                return ErrorCode.StoreLoad;
            }

            ImageHeader header;
            int code = Examine(image, out header);
            if (code != ErrorCode.None)
            {
                return code;
            }

            NetworkTables tables = ReadTables(image, out code);
            LoadedNetwork network = tables == null ? null : Build(tables, Need(tables), image.Length, header.Checksum,
                out code);
            if (network != null)
            {
                Mark(network, slot);
                Current = network;
            }

            return code;
        }

        private int Examine(IImageSource image, out ImageHeader header)
        {
            header = null;
            Detail = 0;
            try
            {
                header = ImageHeader.Peek(image);
            }
            catch (ImageException e)
            {
                Detail = Describe(e);
                return ErrorCode.ImageInvalid;
            }

            if (header.BoardId != 0 && header.BoardId != _profile.BoardId)
            {
                Detail = (int)header.BoardId;
                return ErrorCode.OtherBoard;
            }

            if (header.HeapBytes > _profile.MaxNetworkBytes)
            {
                Detail = header.HeapBytes;
                return ErrorCode.NotEnoughMemory;
            }

            return ErrorCode.None;
        }

        // The former network goes when it is in the store or the host says so.
        private int MakeRoom(int target, int bytes, INetworkRun run)
        {
            if (!Current.IsStored && (target & UploadTarget.Replace) == 0)
            {
                Detail = bytes;
                return ErrorCode.UnsavedNetwork;
            }

            run.End(EndReason.Stopped);
            Drop();
            return ErrorCode.None;
        }

        private NetworkTables ReadTables(IImageSource image, out int code)
        {
            try
            {
                code = ErrorCode.None;
                return ImageReader.Read(image, ModelList.All);
            }
            catch (ImageException e)
            {
                Detail = Describe(e);
                code = ErrorCode.ImageInvalid;
            }
            catch (OutOfMemoryException)
            {
                Detail = image.Length;
                code = ErrorCode.NotEnoughMemory;
            }

            return null;
        }

        private int Need(NetworkTables tables) => DeviceMemory.Estimate(tables) + HearingMemory.Estimate(tables, _profile.HasPsram);

        // What an image says that it needs saves reading one that is too big. What counts is what its tables come to, before the engine
        // is made.
        private LoadedNetwork Build(NetworkTables tables, int need, int length, uint crc, out int code)
        {
            Detail = need;
            code = ErrorCode.NotEnoughMemory;
            if (need > _profile.MaxNetworkBytes)
            {
                return null;
            }

            try
            {
                LoadedNetwork network = new LoadedNetwork(tables, need, length, crc);
                code = CheckChannels(tables.Channels);
                return code == ErrorCode.None ? network : null;
            }
            catch (ImageException e)
            {
                Detail = Describe(e);
                code = ErrorCode.ImageInvalid;
            }
            catch (OutOfMemoryException)
            {
                // The code says so.
            }

            return null;
        }

        // A channel that is not there would stay silent for ever; codes that another device was calibrated with may drive this one too
        // hard.
        private int CheckChannels(ChannelTable[] channels)
        {
            for (int k = 0; k < channels.Length; k++)
            {
                if (!_channels.Has(channels[k].Channel))
                {
                    Detail = channels[k].Channel;
                    return ErrorCode.MissingChannel;
                }

                if (channels[k].Calibration != 0 && channels[k].Calibration != _calibration)
                {
                    Detail = (int)channels[k].Calibration;
                    return ErrorCode.OtherCalibration;
                }
            }

            return ErrorCode.None;
        }

        private static int Describe(ImageException e) => (e.Code << 24) | (e.Offset & 0xFFFFFF);

        private void Drop()
        {
            Current = null;
            _picture = null;
        }
    }
}
