// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.Json;
using NeuroMCU.Api.Json;

namespace NeuroMCU.Api.Streams;

/// <summary>Hands what a device sends to everyone who listens.</summary>
internal sealed class StreamHub
{
    /// <summary>Bytes that may wait for one listener.</summary>
    public const long MostWaitingBytes = 8 << 20;

    private readonly Lock _gate = new();
    private readonly List<StreamClient> _clients = [];
    private readonly long _most;
    private int _numbers;

    public StreamHub(long most = MostWaitingBytes)
    {
        _most = most;
    }

    /// <summary>Those who listen.</summary>
    public IReadOnlyList<StreamClient> Clients
    {
        get
        {
            lock (_gate)
            {
                return [.. _clients];
            }
        }
    }

    /// <summary>Adds a listener.</summary>
    public StreamClient Open(string name)
    {
        lock (_gate)
        {
            StreamClient client = new(++_numbers, name, _most);
            _clients.Add(client);
            return client;
        }
    }

    /// <summary>Removes a listener, which nobody waits for any more.</summary>
    public void Leave(StreamClient client)
    {
        lock (_gate)
        {
            _clients.Remove(client);
        }

        client.Dispose();
    }

    /// <summary>Ends the streams of all listeners.</summary>
    public void Close()
    {
        foreach (StreamClient client in Clients)
        {
            client.Close();
        }
    }

    /// <summary>Sends a binary message to all.</summary>
    public void Send(byte[] message, int spikes) => Send(new StreamItem(message, false, spikes));

    /// <summary>Sends a JSON document to all.</summary>
    public void Send(object document)
    {
        if (Clients.Count > 0)
        {
            Send(new StreamItem(JsonSerializer.SerializeToUtf8Bytes(document, ApiJson.Options), true, 0));
        }
    }

    private void Send(StreamItem item)
    {
        foreach (StreamClient client in Clients)
        {
            client.Post(item);
        }
    }
}
