// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Client;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Devices.Tests.Clients;

/// <summary>Whatever a device may refuse with, the user is told in words.</summary>
public sealed class RefusalTests
{
    public static IEnumerable<TheoryDataRow<string, int>> Codes() =>
        typeof(ErrorCode).GetFields().Select(field => new TheoryDataRow<string, int>(field.Name, (int)field.GetRawConstantValue()!));

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Every_code_has_words_of_its_own(string name, int code)
    {
        // Refusals are below 60, faults above; a fault may also be the reason of a refusal.
        string text = code is 0 or >= 60 ? await FaultTextAsync(code) : await RefusalTextAsync(code);
        Assert.DoesNotContain("code " + code, text, StringComparison.Ordinal);
        Assert.False(string.IsNullOrWhiteSpace(text), name);
    }

    [Fact]
    public async Task An_unknown_code_of_a_newer_firmware_is_told_with_its_number()
    {
        Assert.Contains("code 999", await RefusalTextAsync(999), StringComparison.Ordinal);
    }

    private static async Task<string> RefusalTextAsync(int code)
    {
        await using var link = new ScriptedLink([])
        {
            Answer = request =>
            {
                var encoder = new FrameEncoder();
                var nack = new Nack { Request = request.Type, Code = code, Detail = 7 };
                nack.Write(encoder.Begin(MessageType.Nack, request.Sequence));
                Assert.True(encoder.End());
                return encoder;
            },
        };
        var problem = await Assert.ThrowsAsync<DeviceException>(() => DeviceClient.OpenAsync(link, null, CancellationToken.None));
        Assert.Equal(code, problem.DeviceCode);
        Assert.Equal(7, problem.DeviceDetail);
        return problem.Message;
    }

    private static async Task<string> FaultTextAsync(int code)
    {
        await using var link = new ScriptedLink([]) { Answer = ScriptedLink.Hello(hello => hello.Fault = code) };
        await using DeviceClient client = await DeviceClient.OpenAsync(link, null, CancellationToken.None);
        return client.Info.FaultText;
    }
}
