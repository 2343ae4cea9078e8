// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Generic;

namespace NeuroMCU.Cli
{
    /// <summary>What to type, shown below the help of each verb.</summary>
    internal static class HelpExamples
    {
        private static readonly Dictionary<string, string[]> s_examples = new()
        {
            ["bench"] = ["neuromcu bench", "neuromcu bench examples/random-100.yaml"],
            ["bringup"] = ["neuromcu bringup --board thyristor-starter --yes", "neuromcu bringup --device /dev/ttyUSB0 --name \"A. Volta\" --out bringup.html"],
            ["calibrate"] = ["neuromcu calibrate --board thyristor-starter --board-seed 3", "neuromcu calibrate --csv examples/calibration/bench-device.csv --preset bench"],
            ["calibrate-head"] = ["neuromcu calibrate-head --out head"],
            ["compare"] = ["neuromcu compare examples/first-network.yaml", "neuromcu compare examples/random-100.yaml --require 0.999"],
            ["compile"] = ["neuromcu compile examples/first-network.yaml", "neuromcu compile examples/first-network.yaml --set \"duration=1 s\" -o first.img"],
            ["completion"] = ["source <(neuromcu completion bash)", "neuromcu completion fish > ~/.config/fish/completions/neuromcu.fish"],
            ["demo"] = ["neuromcu demo", "neuromcu demo sound-localization"],
            ["devices"] = ["neuromcu devices"],
            ["doctor"] = ["neuromcu doctor"],
            ["info"] = ["neuromcu info", "neuromcu info --device /dev/ttyUSB0 --self-test"],
            ["inject"] = ["neuromcu inject input 0-9 --step \"100 ms\""],
            ["locate"] = ["neuromcu locate examples/sound-localization/recordings/click_clean_+30.wav", "neuromcu locate \"examples/sound-localization/recordings/click_clean_+?0.wav\""],
            ["program"] = ["neuromcu program examples/winner-take-all.yaml", "neuromcu program first.img --device /dev/ttyUSB0 --persist"],
            ["render"] = ["neuromcu render --set examples/sound-localization/recordings.yaml --out recordings"],
            ["reproduce"] = ["neuromcu reproduce", "neuromcu reproduce memory-bump", "neuromcu reproduce all --out table.html"],
            ["run"] =
            [
                "neuromcu run examples/first-network.yaml --out first",
                "neuromcu run examples/receptors.yaml --fast --set \"duration=1 s\"",
                "neuromcu run examples/winner-take-all.yaml --fast --sweep \"step=0.1,0.2,0.5 ms\"",
            ],
            ["sweep"] = ["neuromcu sweep --board msbn --out phase.html --csv points.csv"],
            ["virtual"] = ["neuromcu virtual", "neuromcu virtual --board thyristor-starter --board-seed 3"],
            ["get"] = ["neuromcu weights get PROJECTION", "neuromcu weights get PROJECTION 0 3"],
            ["set"] = ["neuromcu weights set PROJECTION 0 3 \"0.5 mV\""],
        };

        /// <summary>Examples of a verb.</summary>
        /// <param name="verb">Its name.</param>
        /// <returns>Command lines; none for a verb that has none.</returns>
        public static IReadOnlyList<string> Of(string verb) => s_examples.GetValueOrDefault(verb, []);
    }
}
