// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Cli;

/// <summary>What to type, shown below the help of each verb.</summary>
internal static class HelpExamples
{
    private static readonly Dictionary<string, string[]> s_examples = new()
    {
        ["bench"] = ["neuromcu bench", "neuromcu bench examples/random-100.yaml"],
        ["bringup"] = ["neuromcu bringup --board thyristor-starter --yes",
            "neuromcu bringup --device /dev/ttyUSB0 --name \"A. Volta\" --out bringup.html"],
        ["calibrate"] = ["neuromcu calibrate --board thyristor-starter --board-seed 3",
            "neuromcu calibrate --csv examples/calibration/bench-device.csv --preset bench"],
        ["accuracy"] = ["neuromcu accuracy clean noise10"],
        ["calibrate-head"] = ["neuromcu calibrate-head --spacing 20cm --out my-ears"],
        ["compare"] = ["neuromcu compare examples/first-network.yaml", "neuromcu compare examples/random-100.yaml --require 0.999"],
        ["compile"] = ["neuromcu compile examples/first-network.yaml",
            "neuromcu compile examples/first-network.yaml --set \"duration=1 s\" -o first.img"],
        ["completion"] = ["source <(neuromcu completion bash)", "neuromcu completion fish > ~/.config/fish/completions/neuromcu.fish"],
        ["demo"] = ["neuromcu demo", "neuromcu demo sound-localization"],
        ["devices"] = ["neuromcu devices"],
        ["doctor"] = ["neuromcu doctor"],
        ["export"] = ["neuromcu export examples/first-network.yaml --out first.nir"],
        ["import"] = ["neuromcu export examples/first-network.yaml --out first.nir", "neuromcu import first.nir --out again.yaml"],
        ["info"] = ["neuromcu info", "neuromcu info --device /dev/ttyUSB0 --self-test"],
        ["inject"] = ["neuromcu program examples/first-network.yaml --persist", "neuromcu inject kick 0 --step \"100 ms\""],
        ["locate"] = ["neuromcu locate examples/sound-localization/recordings/click_clean_+30.wav",
            "neuromcu locate \"examples/sound-localization/recordings/click_clean_+?0.wav\""],
        ["program"] = ["neuromcu program examples/winner-take-all.yaml", "neuromcu compile examples/first-network.yaml -o first.img",
            "neuromcu program first.img --device /dev/ttyUSB0 --persist"],
        ["hub"] = ["neuromcu hub examples/internet/hub.yaml --check"],
        ["site"] = ["neuromcu site examples/internet/zurich.yaml --check"],
        ["plot"] = ["neuromcu model plot morris-lecar", "neuromcu model plot adex --preset adaptation --out adex.png"],
        ["render"] = ["neuromcu render examples/sound-localization/sources/click.wav --azimuth 30 --out right.wav"],
        ["report"] = ["neuromcu run examples/first-network.yaml --fast --out first.nwb", "neuromcu report first.nwb --out first.html"],
        ["repeat"] = ["neuromcu run examples/first-network.yaml --fast --out first.npz", "neuromcu repeat first.npz"],
        ["reproduce"] = ["neuromcu reproduce", "neuromcu reproduce cpg --out cpg.html --figure cpg.png"],
        ["run"] =
        [
            "neuromcu run examples/first-network.yaml --out first",
            "neuromcu run examples/receptors.yaml --fast --set \"duration=1 s\"",
            "neuromcu run examples/winner-take-all.yaml --fast --sweep \"step=0.1,0.2,0.5 ms\"",
        ],
        ["sweep"] = ["neuromcu sweep --board msbn --out phase.html --csv points.csv"],
        ["virtual"] = ["neuromcu virtual", "neuromcu virtual --board thyristor-starter --board-seed 3", "neuromcu virtual --microphone"],
        ["fair"] = ["neuromcu fair examples/first-network.yaml --for \"1 s\" --out display.png",
            "neuromcu fair examples/first-network.yaml examples/synfire-ring.yaml --press \"1 s\" --for \"2 s\""],
        ["survey"] = ["neuromcu node survey", "neuromcu node form", "neuromcu node survey --out survey.html"],
        ["trace"] = ["neuromcu node trace loop --node 5 --out loop.html"],
        ["learn"] = ["neuromcu node learn examples/nodes/lesson.csv", "neuromcu node learn examples/nodes/lesson.csv --presentations 0"],
        ["fit"] = ["neuromcu node fit examples/nodes/loop.csv --law nanofluidic-bipolar --array measured.yaml"],
        ["get"] = ["neuromcu program examples/first-network.yaml --persist", "neuromcu weights get links",
            "neuromcu weights get links 0 1"],
        ["set"] = ["neuromcu program examples/first-network.yaml --persist", "neuromcu weights set links 0 1 \"14 mV\" --persist"],
    };

    /// <summary>Verbs with their examples.</summary>
    public static IEnumerable<KeyValuePair<string, string[]>> All => s_examples;

    /// <summary>Examples of a verb.</summary>
    /// <param name="group">The verb that it is a part of; null for one that stands alone.</param>
    /// <returns>Command lines; none for a verb that has none.</returns>
    public static IReadOnlyList<string> Of(string verb, string? group = null)
    {
        string[] examples = s_examples.GetValueOrDefault(verb, []);
        return group is null || examples.Any(e => e.StartsWith("neuromcu " + group + " ", StringComparison.Ordinal)) ? examples : [];
    }
}
