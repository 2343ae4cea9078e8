// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.Json;

namespace NeuroMCU.Api.Tests;

public sealed class AccessibilityTests
{
    [Theory]
    [InlineData("light", 1280)]
    [InlineData("dark", 1280)]
    [InlineData("light", 375)]
    [InlineData("dark", 375)]
    public async Task The_page_passes_the_audit(string scheme, int width)
    {
        string axe = await Accessibility.ScriptAsync();
        await using Browser browser = await Browser.StartAsync(width);
        await using Server server = await Server.StartAsync();
        string device = await server.OpenAsync(clock: "wall");
        await server.PostAsync(device + "/step", new { duration = "20 ms" });
        await browser.OpenAsync(server.Api.Url, scheme);
        await browser.UntilAsync("window.neuromcu?.state.network && document.querySelector('#recordings tbody tr')");
        await browser.EvaluateAsync("document.getElementById('polarSection').hidden = false");

        await browser.EvaluateAsync(axe + "; 0");
        JsonElement found = await browser.EvaluateAsync(
            "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(r => ({ passes: r.passes.length, "
            + "violations: r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + n.failureSummary).join(' | ')) }))");

        Assert.True(found.GetProperty("violations").GetArrayLength() == 0, string.Join(Environment.NewLine,
            found.GetProperty("violations").EnumerateArray().Select(v => v.GetString())));
        Assert.True(found.GetProperty("passes").GetInt32() > 20);
    }
}
