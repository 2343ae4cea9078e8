// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Integrity;
using NeuroMCU.Firmware.Store;
using NeuroMCU.Firmware.Tests.Rig;
using NeuroMCU.Models;
using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.VirtualBench.Storage;

namespace NeuroMCU.Firmware.Tests;

public class ImageTests
{
    private readonly byte[] _first = Networks.Image(Networks.Relay(name: "first"));
    private readonly byte[] _second = Networks.Image(Networks.Relay(size: 6, name: "second"));

    [Fact]
    public void A_stored_network_boots_standalone_and_one_in_memory_is_gone_after_power_off()
    {
        var rig = new Rig.Rig();
        rig.Host.Hello();
        Assert.Equal(ImageState.Stored, rig.Host.Upload(_first).State);
        Assert.Equal(ImageState.Memory, rig.Host.Upload(_second, UploadTarget.Memory).State);
        Assert.Equal(12, rig.Application.Engine!.NeuronCount);

        // No host says a word; the network of the store runs.
        rig.Restart();
        Assert.Equal(DeviceState.Running, rig.Application.State);
        Assert.Equal(8, rig.Application.Engine!.NeuronCount);
        Assert.Contains("network first: running", rig.Console.Lines);
        rig.Until(rig.Clock.Now + 50_000);
        Assert.True(rig.Application.Engine.Spikes.Total >= 45);
        Assert.Equal(0, rig.Application.Engine.Spikes.Dropped);

        // A host that comes later sees the run, and takes part from here on.
        rig.Host.Hello(session: 2);
        Assert.Equal(DeviceState.Running, rig.Host.State().State);
    }

    [Fact]
    public void An_image_that_does_not_ask_for_it_is_loaded_but_not_run()
    {
        var rig = new Rig.Rig();
        rig.Host.Hello();
        rig.Host.Upload(_first, UploadTarget.Store, startAtBoot: false);
        rig.Restart();
        Assert.Equal(DeviceState.Idle, rig.Application.State);
        Assert.Equal(8, rig.Application.Engine!.NeuronCount);
    }

    [Fact]
    public void Persist_keeps_the_weights_of_this_moment_over_power_off()
    {
        var rig = new Rig.Rig();
        rig.Host.Hello();
        rig.Host.Upload(_first, UploadTarget.Memory);
        rig.Host.Start(0, RunMode.RealTime);
        rig.Host.Expect(MessageType.WeightsWrite, writer =>
        {
            new Block { First = 2, Count = 1 }.Write(writer);
            writer.WriteInt16(-1234);
        });
        var info = new ImageInfo();
        Assert.True(info.Read(rig.Host.Expect(MessageType.Persist, writer => writer.WriteByte(1))));
        Assert.Equal((ImageState.Stored, 1u), (info.State, info.Generation));
        Assert.Equal(DeviceState.Running, rig.Host.State().State);
        rig.Restart();
        Assert.Equal(-1234, rig.Application.Engine!.ReadWeight(2));
        Assert.Equal(20_000, rig.Application.Engine!.ReadWeight(1));
    }

    [Fact]
    public void Erase_forgets_the_stored_network_and_leaves_the_loaded_one_running()
    {
        var rig = new Rig.Rig();
        rig.Host.Hello();
        rig.Host.Upload(_first);
        rig.Host.Upload(_second);
        rig.Host.Start(0, RunMode.RealTime);
        rig.Host.Expect(MessageType.Erase);
        Assert.Equal(DeviceState.Running, rig.Host.State().State);
        Assert.Equal(0u, rig.Host.Hello(session: 7).Generation);
        rig.Restart();
        Assert.Null(rig.Application.Engine);

        // An empty store is no error, and can be written again.
        rig.Host.Hello(session: 8);
        rig.Host.Expect(MessageType.Erase);
        rig.Host.Upload(_first);
        rig.Restart();
        Assert.Equal(8, rig.Application.Engine!.NeuronCount);
    }

    [Fact]
    public void The_image_reads_back_with_its_current_weights()
    {
        var rig = new Rig.Rig();
        rig.Host.Hello();
        var big = Networks.Image(Networks.Relay(size: 300));
        rig.Host.Upload(big);
        Assert.Equal(big, ReadBack(rig));
        rig.Application.Engine!.WriteWeight(7, 99);
        var changed = ImageReader.Read(ReadBack(rig), 0, big.Length, ModelList.All);
        Assert.Equal(99, changed.Projections[0].Weights[7]);
        Assert.Equal(ErrorCode.OutOfRange, rig.Host.Refused(MessageType.ImageRead,
            new ImageReadRequest { Offset = big.Length }.Write).Code);
    }

    [Fact]
    public void Upload_spends_at_most_eight_percent_of_the_wire_on_anything_but_the_image()
    {
        var rig = new Rig.Rig(profile => profile.MaxNetworkBytes = 1 << 20);
        rig.Host.Hello();
        foreach (var size in new[] { 500, 1000, 2000, 4000 })
        {
            // 6 bytes per synapse: the images that users load are of these sizes.
            var image = Networks.Image(Networks.Relay(size: size));
            var before = rig.Pipe.Bytes;
            rig.Host.Upload(image, UploadTarget.Memory);
            var efficiency = image.Length / (double)(rig.Pipe.Bytes - before);
            Assert.True(efficiency >= (image.Length > 6000 ? 0.93 : 0.92), $"{image.Length} bytes: {efficiency:F4}");
        }
    }

    [Fact]
    public void A_sealed_upload_stays_above_the_same_bound()
    {
        byte[] key = [.. Enumerable.Range(0, 32).Select(k => (byte)k)];
        var rig = new Rig.Rig(profile =>
        {
            profile.LinkKey = key;
            profile.MaxNetworkBytes = 1 << 20;
        }, authenticated: true);
        rig.Host.Hello();
        rig.Host.Authenticate(key);
        rig.Host.Hello();
        var image = Networks.Image(Networks.Relay(size: 4000));
        var before = rig.Pipe.Bytes;
        rig.Host.Upload(image, UploadTarget.Memory);
        Assert.True(image.Length >= 0.92 * (rig.Pipe.Bytes - before), $"{image.Length / (double)(rig.Pipe.Bytes - before):F4}");
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.20)]
    public void An_upload_over_a_line_that_loses_frames_arrives_whole(double loss)
    {
        var rig = new Rig.Rig();
        rig.Host.Hello();
        var random = new Random(3);
        rig.Pipe.Passes = _ => random.NextDouble() >= loss;
        var image = Networks.Image(Networks.Relay(size: 1500));
        var info = rig.Host.Upload(image);
        Assert.Equal(Core.Integrity.Crc32.Compute(image, 0, image.Length - 4), info.Crc);
        Assert.Equal(1u, info.Generation);
    }

    [Fact]
    public void Every_single_byte_changed_in_an_image_is_refused_and_the_network_goes_on()
    {
        var rig = new Rig.Rig();
        rig.Host.Hello();
        rig.Host.Upload(_first);
        rig.Host.Start(0, RunMode.RealTime);
        for (var k = 0; k < _second.Length; k++)
        {
            // With the CRC of the changed bytes, so that the upload itself is in order and the image has to be seen through.
            var bad = (byte[])_second.Clone();
            bad[k] ^= 0x10;
            var nack = rig.Host.RefusedUpload(bad);
            Assert.Equal(ErrorCode.ImageInvalid, nack.Code);
            Assert.InRange(nack.Detail >> 24, 1, 20);
        }

        Assert.Equal(8, rig.Application.Engine!.NeuronCount);
        Assert.Equal(DeviceState.Running, rig.Host.State().State);
        Assert.Equal(1, rig.Host.Counter(CounterIndex.StoreWrites));
    }

    [Fact]
    public void An_image_for_another_board_or_too_big_is_refused_and_the_network_goes_on()
    {
        var rig = new Rig.Rig(profile =>
        {
            profile.MaxImageBytes = 12_000;
            profile.MaxNetworkBytes = Heap(_first) + Heap(_second);
        });
        rig.Host.Hello();
        rig.Host.Upload(_first);
        rig.Host.Start(0, RunMode.RealTime);

        var nack = rig.Host.RefusedUpload(Networks.Image(Networks.Relay(board: 77)));
        Assert.Equal((ErrorCode.OtherBoard, 77), (nack.Code, nack.Detail));

        var big = Networks.Image(Networks.Relay(size: 2000));
        nack = rig.Host.Refused(MessageType.UploadBegin, new UploadBegin { Length = big.Length }.Write);
        Assert.Equal((ErrorCode.ImageTooLarge, 12_000), (nack.Code, nack.Detail));

        // Short enough as an image, too large in memory.
        big = Networks.Image(Networks.Relay(size: 1000, capacity: 5000));
        nack = rig.Host.RefusedUpload(big);
        Assert.Equal((ErrorCode.NotEnoughMemory, Heap(big)), (nack.Code, nack.Detail));

        nack = rig.Host.RefusedUpload(_second, crc: 12345);
        Assert.Equal(ErrorCode.UploadCorrupt, nack.Code);
        Assert.Equal(DeviceState.Running, rig.Host.State().State);
        Assert.Equal(8, rig.Application.Engine!.NeuronCount);
        rig.Restart();
        Assert.Contains("network first: running", rig.Console.Lines);

        Assert.Equal(ImageState.Stored, UploadAgain(rig, Networks.Image(Networks.Relay(board: Rig.Rig.BoardId("rig")))).State);
    }

    [Fact]
    public void An_interrupted_upload_changes_nothing_and_can_be_started_again()
    {
        var rig = new Rig.Rig();
        rig.Host.Hello();
        rig.Host.Upload(_first);
        var big = Networks.Image(Networks.Relay(size: 1000, name: "big"));
        rig.Host.Send(big, stopAfter: 9);
        Assert.Equal(ErrorCode.UploadIncomplete, rig.Host.Refused(MessageType.UploadCommit).Code);
        Assert.Equal(8, rig.Application.Engine!.NeuronCount);
        rig.Host.Expect(MessageType.UploadAbort);
        Assert.Equal(ErrorCode.NoUpload, rig.Host.Refused(MessageType.UploadCommit).Code);
        rig.Host.Send(big, stopAfter: 5);
        rig.Host.Upload(big);
        Assert.Equal(2000, rig.Application.Engine!.NeuronCount);

        rig.Host.Send(_second, stopAfter: 1);
        rig.Restart();
        Assert.Equal(2000, rig.Application.Engine!.NeuronCount);
    }

    [Fact]
    public void Power_lost_at_every_write_of_a_commit_leaves_a_device_that_boots_the_old_or_the_new_network()
    {
        for (long cut = 0; ; cut++)
        {
            var rig = new Rig.Rig();
            rig.Host.Hello();
            rig.Host.Upload(_first);
            rig.Host.Send(_second);
            rig.Flash.CutPowerAfter(cut);
            rig.Host.Request(MessageType.UploadCommit);
            var lost = !rig.Flash.Powered;
            rig.Restart();
            Assert.Equal(DeviceState.Running, rig.Application.State);
            var neurons = rig.Application.Engine!.NeuronCount;
            Assert.True(neurons == 8 || neurons == 12);
            if (!lost)
            {
                Assert.Equal(12, neurons);
                break;
            }
        }
    }

    [Fact]
    public void A_store_that_cannot_be_written_refuses_and_the_network_goes_on()
    {
        var rig = new Rig.Rig(flash: new VirtualFlash(_first.Length + 200));
        rig.Host.Hello();
        rig.Host.Upload(_first);
        rig.Host.Start(0, RunMode.RealTime);
        Assert.Equal(ErrorCode.StoreWrite, rig.Host.RefusedUpload(_second).Code);
        Assert.Equal(DeviceState.Running, rig.Host.State().State);
        Assert.Equal(8, rig.Application.Engine!.NeuronCount);
    }

    /// <summary>The heap of the board's profile holds a network that takes exactly as much, and no byte more; two only when both
    /// fit.</summary>
    [Fact]
    public void The_limit_of_the_heap_counts_to_the_byte()
    {
        var rig = new Rig.Rig(profile => profile.MaxNetworkBytes = Heap(_second));
        rig.Host.Hello();
        rig.Host.Upload(_second);
        Assert.Equal(12, rig.Application.Engine!.NeuronCount);

        var small = new Rig.Rig(profile => profile.MaxNetworkBytes = Heap(_second) - 1);
        small.Host.Hello();
        var nack = small.Host.RefusedUpload(_second);
        Assert.Equal((ErrorCode.NotEnoughMemory, Heap(_second)), (nack.Code, nack.Detail));
        Assert.Null(small.Application.Engine);
        Assert.Empty(small.Flash.Files);

        // One that is in the store already, from a board with more memory, is not loaded either.
        var moved = new Rig.Rig(profile => profile.MaxNetworkBytes = Heap(_second) - 1, rig.Flash);
        Assert.Null(moved.Application.Engine);
        moved.Host.Hello();
        Assert.Equal((DeviceState.Fault, ErrorCode.NotEnoughMemory), (moved.Host.State().State, moved.Host.State().Fault));

        foreach (var (spare, code) in new[] { (0, ErrorCode.None), (-1, ErrorCode.UnsavedNetwork) })
        {
            var pair = new Rig.Rig(profile => profile.MaxNetworkBytes = Heap(_first) + Heap(_second) + spare);
            pair.Host.Hello();
            pair.Host.Upload(_first, UploadTarget.Memory);
            pair.Host.Send(_second, UploadTarget.Memory);
            var (answer, body) = pair.Host.Request(MessageType.UploadCommit);
            var refusal = new Nack();
            Assert.Equal(code, answer == MessageType.Nack && refusal.Read(body) ? refusal.Code : ErrorCode.None);
        }
    }

    /// <summary>An image that says less than it takes is no smaller for that.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20_000)]
    public void The_device_reckons_for_itself_what_an_image_takes(int claim)
    {
        var big = Networks.Image(Networks.Relay(size: 1000, capacity: 5000));
        var rig = new Rig.Rig(profile => profile.MaxNetworkBytes = 65_536);
        rig.Host.Hello();
        rig.Host.Upload(_first);
        Assert.InRange(Heap(big), 65_537, 1_000_000);
        foreach (var target in new[] { UploadTarget.Store, UploadTarget.Memory, UploadTarget.Memory | UploadTarget.Replace })
        {
            rig.Host.Send(Claiming(big, claim), target);
            var nack = rig.Host.Refused(MessageType.UploadCommit);
            Assert.Equal((ErrorCode.NotEnoughMemory, Heap(big)), (nack.Code, nack.Detail));
            Assert.Equal(8, rig.Application.Engine!.NeuronCount);
        }

        // Two that fit one by one and not together: the first is protected until it is stored, whatever the second says.
        var pair = new Rig.Rig(profile => profile.MaxNetworkBytes = Heap(_first) + Heap(_second) - 1);
        pair.Host.Hello();
        pair.Host.Upload(_first, UploadTarget.Memory);
        pair.Host.Send(Claiming(_second, Math.Min(claim, 100)), UploadTarget.Memory);
        Assert.Equal(ErrorCode.UnsavedNetwork, pair.Host.Refused(MessageType.UploadCommit).Code);
        Assert.Equal(8, pair.Application.Engine!.NeuronCount);
        pair.Host.Expect(MessageType.Persist, writer => writer.WriteByte(1));
        Assert.Equal(Heap(_second), pair.Host.Upload(Claiming(_second, Math.Min(claim, 100)), UploadTarget.Memory).Memory);
        Assert.Equal(12, pair.Application.Engine!.NeuronCount);
    }

    [Fact]
    public void Without_room_for_two_networks_the_stored_one_makes_room_and_an_unsaved_one_is_protected()
    {
        var first = Networks.Image(Networks.Relay(size: 1000));
        var second = Networks.Image(Networks.Relay(size: 1100));
        var rig = new Rig.Rig(profile => profile.MaxNetworkBytes = Heap(second) + 100);
        rig.Host.Hello();
        rig.Host.Upload(first, UploadTarget.Memory);

        // The upload itself would have no place: it is refused before a byte of it is sent.
        var begin = new UploadBegin { Length = second.Length, Target = UploadTarget.Store };
        var nack = rig.Host.Refused(MessageType.UploadBegin, begin.Write);
        Assert.Equal((ErrorCode.UnsavedNetwork, second.Length), (nack.Code, nack.Detail));
        Assert.Equal(2000, rig.Application.Engine!.NeuronCount);

        rig.Host.Expect(MessageType.Persist, writer => writer.WriteByte(1));
        rig.Host.Upload(second);
        Assert.Equal(2200, rig.Application.Engine!.NeuronCount);

        // An upload that needed the room and is given up, or arrives broken: the stored network is there again.
        rig.Host.Send(first, stopAfter: 3);
        Assert.Null(rig.Application.Engine);
        rig.Host.Expect(MessageType.UploadAbort);
        Assert.Equal(2200, rig.Application.Engine!.NeuronCount);
        Assert.Equal(ErrorCode.UploadCorrupt, rig.Host.RefusedUpload(first, crc: 1).Code);
        Assert.Equal(2200, rig.Application.Engine!.NeuronCount);

        // The medium fails while the former network has made room: it comes back from its own slot.
        rig.Restart();
        rig.Host.Hello(session: 5);
        rig.Flash.Put(ImageStore.FileA, null);
        rig.Flash.Put("ballast", new byte[rig.Flash.Capacity - rig.Flash.Used - 100]);
        rig.Host.Send(first);
        Assert.Equal(ErrorCode.StoreWrite, rig.Host.Refused(MessageType.UploadCommit).Code);
        Assert.Equal(2200, rig.Application.Engine!.NeuronCount);
    }

    [Fact]
    public void An_unsaved_network_may_be_given_up_and_a_device_that_then_fails_knows_that_it_is_empty()
    {
        var first = Networks.Image(Networks.Relay(size: 1000));
        var second = Networks.Image(Networks.Relay(size: 1100));
        var rig = new Rig.Rig(profile => profile.MaxNetworkBytes = Heap(second) + 30_000);
        rig.Host.Hello();
        rig.Host.Upload(first, UploadTarget.Memory);
        rig.Host.Upload(second, UploadTarget.Memory | UploadTarget.Replace);
        Assert.Equal(2200, rig.Application.Engine!.NeuronCount);

        // Two front ends: an image in order, which this firmware cannot run.
        var tables = Networks.Relay(size: 1000);
        var ears = HearingTests.Ears();
        tables.Populations = [.. ears.Populations, .. tables.Populations];
        tables.Projections[0].Source = 3;
        tables.Projections[0].Target = 4;
        tables.SpikeTimes = [];
        tables.SpikeSources = [];
        tables.Hearing = [ears.Hearing[0], ears.Hearing[0]];
        Assert.Equal(ErrorCode.ImageInvalid, rig.Host.RefusedUpload(Networks.Image(tables),
            UploadTarget.Memory | UploadTarget.Replace).Code);
        Assert.Null(rig.Application.Engine);
        Assert.Equal(DeviceState.Idle, rig.Host.State().State);
        Assert.Equal(ErrorCode.NoNetwork, rig.Host.Refused(MessageType.Start, new StartRequest().Write).Code);
        rig.Host.Upload(first, UploadTarget.Memory);
        rig.Host.Start(1000);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void A_whole_stored_image_of_another_version_is_no_fault_and_makes_room_for_the_next(int versions)
    {
        var rig = new Rig.Rig();
        byte[] other = [.. _first];
        other[ImageLayout.VersionOffset] = (byte)(ImageLayout.Version + versions);
        BinaryPrimitives.WriteUInt32LittleEndian(other.AsSpan(other.Length - ImageLayout.ChecksumLength),
            Crc32.Compute(other, 0, other.Length - ImageLayout.ChecksumLength));
        new ImageStore(rig.Flash).Save(other, startAtBoot: true);

        rig.Restart();

        Assert.Equal(DeviceState.Idle, rig.Application.State);
        Assert.True(rig.OutputsSafe);
        Assert.Null(rig.Application.Engine);
        rig.Host.Hello(session: 9);
        Assert.Equal((ErrorCode.ImageInvalid, ImageError.Version), (rig.Host.State().Fault, rig.Host.State().FaultDetail >> 24));
        rig.Host.Upload(_first);
        Assert.Equal((ErrorCode.None, 0), (rig.Host.State().Fault, rig.Host.State().FaultDetail));
        rig.Host.Start(1000);
    }

    [Fact]
    public void A_damaged_newest_slot_falls_back_to_the_other_one_and_two_damaged_ones_are_a_fault()
    {
        var rig = new Rig.Rig();
        rig.Host.Hello();
        rig.Host.Upload(_first);
        rig.Host.Upload(_second);
        Damage(rig.Flash, ImageStore.FileB);
        rig.Restart();
        Assert.Equal(8, rig.Application.Engine!.NeuronCount);
        Damage(rig.Flash, ImageStore.FileA);
        rig.Restart();
        Assert.Equal(DeviceState.Fault, rig.Application.State);
        Assert.True(rig.OutputsSafe);
        Assert.Null(rig.Application.Engine);
        rig.Host.Hello(session: 9);
        Assert.Equal(ErrorCode.StoreCorrupt, rig.Host.State().Fault);
        rig.Host.Expect(MessageType.FaultClear);
        rig.Host.Upload(_first);
        rig.Host.Start(1000);
    }

    [Fact]
    public void A_stored_image_that_this_firmware_cannot_load_falls_back_and_says_why()
    {
        var rig = new Rig.Rig();
        rig.Host.Hello();
        rig.Host.Upload(_first);
        var store = new ImageStore(rig.Flash);
        store.Save(Networks.Image(Networks.Relay(size: 6, board: 123)), true);
        rig.Restart();
        Assert.Equal(8, rig.Application.Engine!.NeuronCount);
        Assert.Contains(rig.Console.Lines, line => line.Contains($"refused, code {ErrorCode.OtherBoard} (123)", StringComparison.Ordinal));
    }

    private static byte[] Claiming(byte[] image, int heap)
    {
        byte[] other = [.. image];
        BitConverter.TryWriteBytes(other.AsSpan(36), heap);
        BitConverter.TryWriteBytes(other.AsSpan(other.Length - 4), Crc32.Compute(other, 0, other.Length - 4));
        return other;
    }

    private static int Heap(byte[] image) => ImageHeader.Peek(image, 0, image.Length).HeapBytes;

    private static void Damage(VirtualFlash flash, string file)
    {
        var bytes = flash.Contents(file)!;
        bytes[100] ^= 1;
        flash.Put(file, bytes);
    }

    private static ImageInfo UploadAgain(Rig.Rig rig, byte[] image)
    {
        rig.Host.Hello(session: 77);
        return rig.Host.Upload(image);
    }

    private static byte[] ReadBack(Rig.Rig rig)
    {
        var image = Array.Empty<byte>();
        var at = 0;
        do
        {
            var body = rig.Host.Expect(MessageType.ImageRead, new ImageReadRequest { Offset = at }.Write);
            var part = new ImageReadAnswer();
            Assert.True(part.Read(body));
            Assert.InRange(part.Count, 1, WireFormat.MaxBody);
            if (image.Length == 0)
            {
                image = new byte[part.Length];
            }

            body.ReadBytes(image, at, part.Count);
            at += part.Count;
        }
        while (at < image.Length);

        return image;
    }
}
