// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using System.IO;

namespace NeuroMCU.Architecture.Tests
{
    /// <summary>Every public member of the nanoFramework libraries that the firmware may reference, as documentation comment IDs.</summary>
    internal static class ApiList
    {
        private static readonly HashSet<string> s_members = Load();

        /// <summary>Tells whether the device has the member.</summary>
        public static bool Contains(string documentationId) => s_members.Contains(documentationId);

        private static HashSet<string> Load()
        {
            var members = new HashSet<string>(StringComparer.Ordinal);
            var assembly = typeof(ApiList).Assembly;
            foreach (var name in assembly.GetManifestResourceNames())
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                while (reader.ReadLine() is { } line)
                {
                    if (line.Length > 0 && line[0] != '#')
                    {
                        members.Add(line);
                    }
                }
            }

            return members;
        }
    }
}
