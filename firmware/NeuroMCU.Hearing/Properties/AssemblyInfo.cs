// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Reflection;

[assembly: AssemblyTitle("NeuroMCU.Hearing")]
[assembly: AssemblyCompany("NeuroMCU contributors")]
[assembly: AssemblyProduct("NeuroMCU")]
[assembly: AssemblyVersion("0.1.0.0")]
