// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Devices.Client;

/// <summary>Sees what a device sends by itself, in the order in which it comes. Called while the client waits for something.</summary>
public interface IRunObserver
{
    /// <summary>Spikes.</summary>
    /// <param name="neurons">Global neuron indices.</param>
    /// <param name="times">Times in µs of network time, ascending.</param>
    void OnSpikes(ReadOnlySpan<int> neurons, ReadOnlySpan<long> times)
    {
    }

    /// <summary>Samples of membrane traces.</summary>
    /// <param name="traces">Indices of the traces in the image.</param>
    /// <param name="times">Times in µs of network time, ascending.</param>
    /// <param name="values">Values in Q8.24 membrane units.</param>
    void OnTraces(ReadOnlySpan<int> traces, ReadOnlySpan<long> times, ReadOnlySpan<int> values)
    {
    }

    /// <summary>A read-out has a new value.</summary>
    /// <param name="readout">The value; valid during the call only.</param>
    void OnReadout(ReadoutEvent readout)
    {
    }

    /// <summary>A line of text.</summary>
    /// <param name="line">The line.</param>
    void OnLog(string line)
    {
    }

    /// <summary>The device has gone into the fault or safe state.</summary>
    /// <param name="code">Why, one of <see cref="ErrorCode" />.</param>
    /// <param name="text">Why, in words.</param>
    void OnFault(int code, string text)
    {
    }

    /// <summary>The device found something wrong, or right again, with a neuron channel.</summary>
    /// <param name="finding">What, and what it does about it.</param>
    void OnChannel(ChannelFinding finding)
    {
    }

    /// <summary>Network time has reached a value.</summary>
    /// <param name="time">Time in µs.</param>
    void OnTime(long time)
    {
    }

    /// <summary>The network was reset to time 0 during the run: what was recorded before belongs to the time before.</summary>
    void OnRestart()
    {
    }
}
