// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Text;
using NeuroMCU.Cli.Doctor;
using NeuroMCU.Host.Recording;
using NeuroMCU.Host.Recording.Report;

namespace NeuroMCU.Cli
{
    /// <summary>The files that a run can leave behind.</summary>
    internal sealed class RunFiles
    {
        private readonly Option<string?> _folder = new("--out", "-o") { Description = "Write spikes.csv, spikes.npz and report.html into this folder", HelpName = "DIR" };

        private readonly Option<string?> _report = new("--report") { Description = "Write the HTML report to this file", HelpName = "FILE.html" };

        /// <summary>Adds the options to a verb.</summary>
        public void AddTo(Command command)
        {
            command.Add(_folder);
            command.Add(_report);
        }

        /// <summary>Writes what the options ask for, and says where.</summary>
        /// <returns>Paths that were written.</returns>
        public IReadOnlyList<string> Write(VerbContext context, ParseResult line, RunRecording run, HtmlReport report)
        {
            List<string> written = [];
            if (line.GetValue(_folder) is { } folder)
            {
                Directory.CreateDirectory(folder);
                written.Add(WriteCsv(run, Path.Combine(folder, "spikes.csv")));
                written.Add(WriteNpz(run, Path.Combine(folder, "spikes.npz")));
                written.Add(WriteReport(report, Path.Combine(folder, "report.html")));
            }

            if (line.GetValue(_report) is { } file)
            {
                written.Add(WriteReport(report, file));
            }

            foreach (string path in written)
            {
                context.Say("wrote " + path);
            }

            return written;
        }

        /// <summary>What reports say that they were made with.</summary>
        public static string MadeWith => "neuromcu " + Bundle.Version.Split('+')[0];

        private static string WriteCsv(RunRecording run, string path)
        {
            using (StreamWriter writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
            {
                SpikeCsv.Write(run, writer);
            }

            return path;
        }

        private static string WriteNpz(RunRecording run, string path)
        {
            using (FileStream stream = File.Create(path))
            {
                RecordingNpz.Write(run, stream);
            }

            return path;
        }

        private static string WriteReport(HtmlReport report, string path)
        {
            report.Save(path);
            return path;
        }
    }
}
