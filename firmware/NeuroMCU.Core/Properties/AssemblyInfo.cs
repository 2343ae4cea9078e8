// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Reflection;
using System.Runtime.CompilerServices;

[assembly: AssemblyTitle("NeuroMCU.Core")]
[assembly: AssemblyCompany("NeuroMCU contributors")]
[assembly: AssemblyProduct("NeuroMCU")]
[assembly: AssemblyVersion("0.1.0.0")]

// The laws of the models are written against the engine's inner contract (Contracts/Model.cs, Contracts/Population.cs).
[assembly: InternalsVisibleTo("NeuroMCU.Models")]
