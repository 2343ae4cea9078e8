// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Reflection;
using System.Runtime.CompilerServices;

[assembly: AssemblyTitle("NeuroMCU.Protocol")]
[assembly: AssemblyCompany("NeuroMCU contributors")]
[assembly: AssemblyProduct("NeuroMCU")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: InternalsVisibleTo("NeuroMCU.Protocol.Tests")]
