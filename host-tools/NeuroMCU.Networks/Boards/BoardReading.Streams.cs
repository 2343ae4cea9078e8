// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Yaml;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Spikes;
using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Work;

namespace NeuroMCU.Networks.Boards;

/// <content>Whether a board has time for the samples of its stream.</content>
internal sealed partial class BoardReading
{
    // Everything else that the loop does needs the rest.
    private const double MostOfTheTime = 0.5;

    // As the streamed input reads them: a frame of 8 bytes for each sample that is looked at, 64 of them at a time.
    private const double BytesPerSample = 8;
    private const double SamplesPerRead = 64;

    private void Affordable(Field costs, CostProfile profile, IEnumerable<BoardChannel> channels)
    {
        int rate = channels.Where(channel => channel.SpikeKind == SpikeInputKind.Stream).Sum(channel => channel.SpikeRate);
        double reading = (profile.Of(DeviceCall.I2sRead) + (2 * profile.Of(DeviceCall.TimerRead))) / SamplesPerRead;
        double sample = (profile.Of(WorkKind.StreamedSample) + (BytesPerSample * profile.Of(DeviceCall.I2sByte)) + reading) * 1e-9;
        if (rate * sample <= MostOfTheTime)
        {
            return;
        }

        int most = (int)(MostOfTheTime / sample) / 1000 * 1000;
        string image = profile.Name == "esp32-rev3" ? ", flash ESP32_PSRAM_REV3 and write `costs: esp32-psram-rev3`" : string.Empty;
        context.Error(
            costs,
            string.Create(CultureInfo.InvariantCulture,
                $"searching {rate} samples per second for spikes takes {100 * rate * sample:0} % of the time of `{profile.Name}`, more "
                + $"than the half that the loop can spare"),
            string.Create(CultureInfo.InvariantCulture,
                $"write `rate: {most} Hz` or less{image}, or use `kind: counter` behind a comparator"));
    }
}
