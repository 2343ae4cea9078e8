// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Devices.Client;

/// <content>Weights and membranes of the loaded network, also while it runs.</content>
public sealed partial class DeviceClient
{
    /// <summary>Reads weights.</summary>
    /// <param name="first">Index of the first synapse.</param>
    /// <param name="count">Number of synapses.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Weights in units of their projection's scale, −32767 to 32767.</returns>
    /// <exception cref="DeviceException">Kind <see cref="DeviceErrorKind.OutOfRange" /> for synapses that do not exist, or the link
    /// broke.</exception>
    public Task<short[]> ReadWeightsAsync(int first, int count, CancellationToken cancellation = default)
        => ReadBlocksAsync(MessageType.WeightsRead, first, count, Block.MaxWeights, 2, body => (short)body.ReadInt16(), cancellation);

    /// <summary>Freezes the weights of projections that learn, lets them go again, or asks.</summary>
    /// <param name="order">One of <see cref="LearningOrder" />.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Number of projections that learn, and whether their weights stay.</returns>
    /// <exception cref="DeviceException">The device holds no network, or its firmware is older.</exception>
    public Task<(int Rules, bool Frozen)> LearningAsync(int order, CancellationToken cancellation = default) => ExclusiveAsync(
        async () =>
        {
            var answer = new LearningAnswer();
            BodyReader body = await _exchange.RequestAsync(MessageType.Learning, new LearningRequest { Order = order }.Write, cancellation)
                .ConfigureAwait(false);
            Check(answer.Read(body), MessageType.Learning);
            return (answer.Rules, answer.Frozen);
        },
        cancellation);

    /// <summary>Changes a number of the loaded network, also while it runs; it acts from the next microsecond on.</summary>
    /// <param name="change">The number and its new value.</param>
    /// <param name="cancellation">Ends the wait; the number may have changed then.</param>
    /// <returns>False when the network has to be loaded anew for it, or the device is older than protocol 1.6; nothing has changed
    /// then.</returns>
    /// <exception cref="DeviceException">There is no such number, the value is out of range, or the link broke.</exception>
    public Task<bool> ChangeAsync(LiveChange change, CancellationToken cancellation = default) => ExclusiveAsync(
        async () =>
        {
            try
            {
                ChangeRequest request = new()
                {
                    Kind = change.Kind,
                    Table = change.Table,
                    Parameter = change.Parameter,
                    Place = change.Place,
                    Value = change.Value,
                };
                await _exchange.RequestAsync(MessageType.Change, request.Write, cancellation).ConfigureAwait(false);
                return true;
            }
            catch (DeviceException e) when (e.DeviceCode is ErrorCode.Fixed or ErrorCode.UnknownMessage)
            {
                return false;
            }
        },
        cancellation);

    /// <summary>
    /// Writes weights; they act from the next spike on. Blocks of up to 110 weights take effect at once, longer ones block after block.
    /// </summary>
    /// <param name="first">Index of the first synapse.</param>
    /// <param name="weights">Weights in units of their projection's scale, −32767 to 32767.</param>
    /// <param name="cancellation">Ends the wait; part of the weights may have been written then.</param>
    /// <returns>When the device has them.</returns>
    /// <exception cref="DeviceException">Kind <see cref="DeviceErrorKind.OutOfRange" /> for synapses or values that do not exist, or
    /// the link broke.</exception>
    public Task WriteWeightsAsync(int first, ReadOnlyMemory<short> weights, CancellationToken cancellation = default) => ExclusiveAsync(
        async () =>
        {
            var block = new Block();
            for (int done = 0; done < weights.Length;)
            {
                ReadOnlyMemory<short> part = weights.Slice(done, Math.Min(weights.Length - done, Block.MaxWeights));
                block.First = first + done;
                block.Count = part.Length;
                void Write(BodyWriter writer)
                {
                    block.Write(writer);
                    foreach (short weight in part.Span)
                    {
                        writer.WriteInt16(weight);
                    }
                }

                await _exchange.RequestAsync(MessageType.WeightsWrite, Write, cancellation).ConfigureAwait(false);
                done += part.Length;
            }

            return true;
        },
        cancellation);

    /// <summary>Reads membrane values at the present network time.</summary>
    /// <param name="first">Global index of the first neuron.</param>
    /// <param name="count">Number of neurons.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Values in Q8.24 membrane units.</returns>
    /// <exception cref="DeviceException">Kind <see cref="DeviceErrorKind.OutOfRange" /> for neurons that do not exist, or the link
    /// broke.</exception>
    public Task<int[]> ReadMembraneAsync(int first, int count, CancellationToken cancellation = default)
        => ReadBlocksAsync(MessageType.Membrane, first, count, Block.MaxMembranes, 4, body => body.ReadInt32(), cancellation);

    // Values that follow each other, as many in one message as it holds.
    private Task<T[]> ReadBlocksAsync<T>(
        int message, int first, int count, int most, int bytes, Func<BodyReader, T> value, CancellationToken cancellation)
        => ExclusiveAsync(
        async () =>
        {
            T[] values = new T[count];
            var block = new Block();
            for (int done = 0; done < count;)
            {
                block.First = first + done;
                block.Count = Math.Min(count - done, most);
                int wanted = block.Count;
                BodyReader body = await _exchange.RequestAsync(message, block.Write, cancellation).ConfigureAwait(false);
                Check(block.Read(body, bytes) && block.Count == wanted, message);
                for (int k = 0; k < wanted; k++)
                {
                    values[done + k] = value(body);
                }

                done += wanted;
            }

            return values;
        },
        cancellation);
}
