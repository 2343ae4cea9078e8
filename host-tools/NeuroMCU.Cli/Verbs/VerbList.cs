// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Generic;
using System.CommandLine;

namespace NeuroMCU.Cli.Verbs
{
    /// <summary>All verbs, in the order in which help lists them.</summary>
    internal static class VerbList
    {
        public static IEnumerable<Command> Create(VerbRunner runner)
        {
            yield return DemoVerb.Create(runner);
            yield return DoctorVerb.Create(runner);
            yield return RenderVerb.Create(runner);
        }
    }
}
