// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Models;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Protocol.Reliability;

namespace NeuroMCU.Devices.Client;

/// <content>Networks into the device and back.</content>
public sealed partial class DeviceClient
{
    /// <summary>
    /// Uploads an image and lets the device run it in place of the one that it has. Whatever goes wrong, and when it is cancelled, the
    /// device keeps the network that it had. (Where there is room for one network only and the former one is not stored, it is given up at
    /// the very end, after the device has the whole image and host and device have checked it.)
    /// </summary>
    /// <param name="image">The image.</param>
    /// <param name="options">Where it goes; null for memory only.</param>
    /// <param name="progress">Receives how far the upload is; may be null.</param>
    /// <param name="cancellation">Breaks the upload off.</param>
    /// <returns>What it cost and what the device holds now.</returns>
    /// <exception cref="DeviceException">The device refuses the image, or the link broke.</exception>
    public Task<UploadReport> ProgramAsync(
        byte[] image, ProgramOptions? options = null, IProgress<TransferProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return ExclusiveAsync(() => PlaceAsync(image, options ?? new ProgramOptions(), progress, cancellation), cancellation);
    }

    /// <summary>Stores the loaded network with its current weights, so that it survives power-off.</summary>
    /// <param name="startAtBoot">True when the device is to run it at power-on, without a host.</param>
    /// <param name="cancellation">Ends the wait; the device may have stored it then.</param>
    /// <returns>Generation in the store.</returns>
    /// <exception cref="DeviceException">There is no network, or the store cannot be written.</exception>
    public Task<uint> PersistAsync(bool startAtBoot = true, CancellationToken cancellation = default) => ExclusiveAsync(
        async () =>
        {
            var info = new ImageInfo();
            BodyReader body = await _exchange.RequestAsync(MessageType.Persist, new PersistRequest { StartAtBoot = startAtBoot }.Write,
                cancellation)
                .ConfigureAwait(false);
            Check(info.Read(body), MessageType.Persist);
            return info.Generation;
        },
        cancellation);

    /// <summary>Deletes the stored networks, so that nothing starts at power-on. The loaded network stays in memory and goes on
    /// running.</summary>
    /// <param name="cancellation">Ends the wait; the device may have deleted them then.</param>
    /// <returns>A task that ends when the device has answered.</returns>
    /// <exception cref="DeviceException">The store cannot be written, or the firmware is older than protocol 1.4.</exception>
    public Task EraseAsync(CancellationToken cancellation = default) =>
        CommandAsync(MessageType.Erase, null, cancellation);

    /// <summary>
    /// Reads the image of the loaded network back, with its current weights. The device makes it piece by piece: where weights learn
    /// meanwhile, so that the pieces do not belong together, it is read once more while they are frozen.
    /// </summary>
    /// <param name="progress">Receives how far it is; may be null.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The image.</returns>
    /// <exception cref="DeviceException">There is no network, or the link broke.</exception>
    public async Task<byte[]> ReadImageAsync(IProgress<TransferProgress>? progress = null, CancellationToken cancellation = default)
    {
        byte[] image = await ReadPiecesAsync(progress, cancellation).ConfigureAwait(false);
        bool whole = image.Length <= sizeof(uint) || ImageHeader.ContentCrc(image, image.Length)
            == BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(image.Length - sizeof(uint)));
        if (whole || await LearningAsync(LearningOrder.Ask, cancellation).ConfigureAwait(false) is not { Rules: > 0, Frozen: false })
        {
            return image;
        }

        await LearningAsync(LearningOrder.Freeze, cancellation).ConfigureAwait(false);
        try
        {
            return await ReadPiecesAsync(progress, cancellation).ConfigureAwait(false);
        }
        finally
        {
            await LearningAsync(LearningOrder.Release, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private Task<byte[]> ReadPiecesAsync(IProgress<TransferProgress>? progress, CancellationToken cancellation)
        => ExclusiveAsync(
        async () =>
        {
            byte[] image = [];
            var request = new ImageReadRequest();
            var answer = new ImageReadAnswer();
            do
            {
                BodyReader body = await _exchange.RequestAsync(MessageType.ImageRead, request.Write, cancellation).ConfigureAwait(false);
                Check(answer.Read(body) && answer.Count > 0 && request.Offset + answer.Count <= answer.Length, MessageType.ImageRead);
                if (image.Length != answer.Length)
                {
                    image = new byte[answer.Length];
                }

                body.ReadBytes(image, request.Offset, answer.Count);
                request.Offset += answer.Count;
                progress?.Report(new TransferProgress(request.Offset, image.Length));
            }
            while (request.Offset < image.Length);
            return image;
        },
        cancellation);

    private async Task<UploadReport> PlaceAsync(
        byte[] image, ProgramOptions options, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        int target = options.Persist ? UploadTarget.Store : UploadTarget.Memory;
        try
        {
            return await UploadAsync(image, target, options.StartAtBoot, progress, cancellation).ConfigureAwait(false);
        }
        catch (DeviceException problem) when (problem.DeviceCode == ErrorCode.UnsavedNetwork && IsSound(image))
        {
            // There is room for one of the two, and the old one is in memory only. The device will not give it up for an image that
            // may turn out to be bad; this image is not, by the same code that the device reads it with.
            return await UploadAsync(image, target | UploadTarget.Replace, options.StartAtBoot, progress, cancellation)
                .ConfigureAwait(false);
        }
    }

    private static bool IsSound(byte[] image)
    {
        try
        {
            _ = new NetworkEngine(ImageReader.Read(image, 0, image.Length, ModelList.All));
            return true;
        }
        catch (ImageException)
        {
            return false;
        }
    }

    private async Task<UploadReport> UploadAsync(
        byte[] image, int target, bool startAtBoot, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        long wire = BytesSent + BytesReceived;
        TimeSpan begun = Elapsed;
        var begin = new UploadBegin
        {
            Length = image.Length,
            Crc = ImageHeader.ContentCrc(image, image.Length),
            Target = target,
            StartAtBoot = startAtBoot,
        };
        var ready = new UploadReady();
        Check(
            ready.Read(await _exchange.RequestAsync(MessageType.UploadBegin, begin.Write, cancellation).ConfigureAwait(false))
                && ready.ChunkSize > 0 && ready.Window > 0,
            MessageType.UploadBegin);

        var sender = new UploadSender(image.Length, ready.ChunkSize, ready.Window);
        try
        {
            await SendChunksAsync(image, sender, progress, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await ForgetUploadAsync().ConfigureAwait(false);
            throw;
        }
        catch (DeviceException problem) when (problem.Kind == DeviceErrorKind.LinkLost)
        {
            throw new DeviceException(
                DeviceErrorKind.UploadInterrupted,
                $"the upload broke off after {sender.Acknowledged} of {image.Length} bytes",
                $"{problem.Message}; the device keeps the network it had",
                "check power and cable, then repeat the command",
                problem);
        }

        var info = new ImageInfo();
        Check(
            info.Read(await _exchange.RequestAsync(MessageType.UploadCommit, null, cancellation).ConfigureAwait(false)),
            MessageType.UploadCommit);
        return new UploadReport
        {
            ImageBytes = image.Length,
            WireBytes = BytesSent + BytesReceived - wire,
            RepeatedChunks = sender.Repeated,
            Seconds = (Elapsed - begun).TotalSeconds,
            State = info.State,
            Generation = info.Generation,
            Crc = info.Crc,
            Memory = info.Memory,
        };
    }

    private async Task SendChunksAsync(byte[] image, UploadSender sender, IProgress<TransferProgress>? progress,
        CancellationToken cancellation)
    {
        TimeSpan wait = TimeSpan.FromMilliseconds(RetryPolicy.WaitMilliseconds(MessageType.UploadData));
        var acknowledgement = new UploadAck();
        var refusal = new Nack();
        int silent = 0;
        while (!sender.Complete)
        {
            cancellation.ThrowIfCancellationRequested();
            while (sender.CanSend)
            {
                await _exchange.SendAsync(
                    MessageType.UploadData, sender.Sequence, writer => writer.WriteBytes(image, sender.Offset, sender.Count), cancellation)
                    .ConfigureAwait(false);
                sender.Sent();
            }

            if (!await _exchange.ReceiveAsync(Elapsed + wait, cancellation).ConfigureAwait(false))
            {
                if (++silent == RetryPolicy.Tries)
                {
                    throw new DeviceException(
                        DeviceErrorKind.LinkLost, $"the device at {Address} stopped answering", innerException: new TimeoutException());
                }

                sender.GoBack();
                continue;
            }

            if (_exchange.Decoder.Type == (MessageType.UploadData | MessageType.Answer))
            {
                Check(acknowledgement.Read(_exchange.Decoder.Body), MessageType.UploadData);
                if (acknowledgement.NextOffset > sender.Acknowledged)
                {
                    silent = 0;
                }

                sender.Acknowledge(_exchange.Decoder.Sequence, acknowledgement.NextOffset);
                progress?.Report(new TransferProgress(sender.Acknowledged, image.Length));
            }
            else if (_exchange.Decoder.Type == MessageType.Nack && refusal.Read(_exchange.Decoder.Body)
                && refusal.Request == MessageType.UploadData)
            {
                throw Refusals.Make(refusal.Request, refusal.Code, refusal.Detail);
            }
        }
    }

    // The device forgets an unfinished upload by itself when the next one begins; telling it frees the memory at once.
    private async Task ForgetUploadAsync()
    {
        try
        {
            await _exchange.RequestAsync(MessageType.UploadAbort, null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (DeviceException)
        {
            // The upload was broken off by the user; that is what has to be reported.
        }
    }
}
