// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.Json;

namespace NeuroMCU.Api.Tests;

public sealed class OpenApiTests
{
    [Fact]
    public async Task The_description_names_every_route_and_no_other()
    {
        await using Server server = await Server.StartAsync();
        JsonElement document = await server.GetAsync("openapi.json");

        IEnumerable<string> described = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(m => m.Name.ToUpperInvariant() + " " + path.Name));
        IEnumerable<string> served = server.Api.Routes.Select(r => r.Method + " " + (r.Pattern.Length == 0 ? "/" : r.Pattern)
            .Replace("{**", "{", StringComparison.Ordinal));

        Assert.Equal(served.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Answers_are_what_the_description_says()
    {
        await using Server server = await Server.StartAsync();
        JsonElement document = await server.GetAsync("openapi.json");
        string device = await server.OpenAsync();
        string wall = await server.OpenAsync(clock: "wall");
        async Task CheckAsync(HttpMethod method, string path, string schema, object? body = null, int status = 200) =>
            new Schema(document).Check(await server.AskAsync(method, path, body, status), schema, path);

        await CheckAsync(HttpMethod.Get, "", "About");
        await CheckAsync(HttpMethod.Get, "boards", "Boards");
        await CheckAsync(HttpMethod.Get, "examples", "Examples");
        await CheckAsync(HttpMethod.Get, "devices", "Devices");
        await CheckAsync(HttpMethod.Get, device, "Device");
        await CheckAsync(HttpMethod.Get, device + "/network", "LoadedNetwork");
        await CheckAsync(HttpMethod.Post, "networks/check", "Checked", new { text = Server.Chain });
        await CheckAsync(HttpMethod.Post, "networks/check", "Checked", new { text = "a" });
        await CheckAsync(HttpMethod.Post, device + "/step", "Run", new { duration = "20 ms" });
        await CheckAsync(HttpMethod.Post, device + "/run", "Run", new { duration = "20 ms", wait = true });
        await CheckAsync(HttpMethod.Post, device + "/stop", "Stopped");
        await CheckAsync(HttpMethod.Post, device + "/reset", "Device");
        await CheckAsync(HttpMethod.Post, device + "/inject", "Injected", new
        {
            spikes = new[] { new { population = "kick",
            neurons = new[] { 0, 1 } } }
        });
        await CheckAsync(HttpMethod.Get, device + "/counters", "Counters");
        await CheckAsync(HttpMethod.Get, device + "/nodes", "Nodes");
        JsonElement opened = await server.PostAsync("devices", new { address = "virtual", clock = "free", board = "nodes-16" }, 201);
        string array = "devices/" + opened.GetProperty("id").GetString();
        await CheckAsync(HttpMethod.Get, array + "/nodes?samples=0", "Nodes");
        await CheckAsync(HttpMethod.Post, array + "/nodes", "ProgrammedNodes",
            new { targets = new[] { new { node = 0, siemens = 2e-6 } } });
        await CheckAsync(HttpMethod.Get, array + "/nodes", "Nodes");
        await CheckAsync(HttpMethod.Get, array + "/nodes/history", "NodeHistory");
        await CheckAsync(HttpMethod.Patch, array + "/nodes/0", "NodeSetting", new { masked = false });
        await CheckAsync(HttpMethod.Post, array + "/nodes/0/pulse", "NodePulsed", new { volts = 2.0, width = "100 us" });
        await CheckAsync(HttpMethod.Get, device + "/membrane/chain", "Membrane");
        await CheckAsync(HttpMethod.Get, wall + "/channels", "Channels");
        await CheckAsync(HttpMethod.Get, device + "/weights/links", "Weights");
        await CheckAsync(HttpMethod.Patch, device + "/weights/links", "WeightsWritten", new
        {
            changes = new[] { new { pre = 0, post = 1,
            weight = 1.0 } }
        });
        await CheckAsync(HttpMethod.Patch, device + "/network", "LoadedNetwork", new { settings = new { } });
        await CheckAsync(HttpMethod.Get, "recordings", "Recordings");
        await CheckAsync(HttpMethod.Get, "devices/none", "Error", null, 404);
        await CheckAsync(HttpMethod.Put, device + "/network", "Error", new { text = "a" }, 422);
    }

    // The part of JSON Schema that the description uses.
    private sealed class Schema(JsonElement document)
    {
        public void Check(JsonElement value, string name, string where) =>
            Check(value, document.GetProperty("components").GetProperty("schemas").GetProperty(name), where);

        private void Check(JsonElement value, JsonElement schema, string where)
        {
            if (schema.TryGetProperty("$ref", out JsonElement reference))
            {
                Check(value, reference.GetString()!.Split('/')[^1], where);
                return;
            }

            if (schema.TryGetProperty("anyOf", out JsonElement any))
            {
                if (value.ValueKind != JsonValueKind.Null)
                {
                    Check(value, any[0], where);
                }

                return;
            }

            if (schema.TryGetProperty("const", out JsonElement only))
            {
                Assert.True(only.GetString() == value.GetString(), $"{where} is {value}");
            }

            if (schema.TryGetProperty("enum", out JsonElement choice))
            {
                Assert.True(choice.EnumerateArray().Any(c => c.ToString() == value.ToString()), $"{where} is {value}");
            }

            if (schema.TryGetProperty("type", out JsonElement type))
            {
                string[] types = type.ValueKind == JsonValueKind.String ? [type.GetString()!] : [.. type.EnumerateArray().Select(t =>
                    t.GetString()!)];
                Assert.True(types.Any(t => Is(value, t)), $"{where} is {value}, expected {string.Join(" or ", types)}");
            }

            if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out JsonElement items))
            {
                int k = 0;
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Check(item, items, $"{where}[{k++}]");
                }
            }

            if (value.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out JsonElement properties))
            {
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    Assert.True(properties.TryGetProperty(member.Name, out JsonElement own), $"{where}.{member.Name} is not described");
                    Check(member.Value, own, $"{where}.{member.Name}");
                }

                foreach (JsonElement name in schema.TryGetProperty("required", out JsonElement required) ? required.EnumerateArray()
                    : default)
                {
                    Assert.True(value.TryGetProperty(name.GetString()!, out _), $"{where}.{name} is missing");
                }
            }
        }

        private static bool Is(JsonElement value, string type) => type switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "number" => value.ValueKind == JsonValueKind.Number,
            _ => value.ValueKind == JsonValueKind.Null,
        };
    }
}
