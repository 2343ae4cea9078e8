// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Reflection;
using System.Runtime.CompilerServices;

[assembly: AssemblyTitle("NeuroMCU.Hardware")]
[assembly: AssemblyCompany("NeuroMCU contributors")]
[assembly: AssemblyProduct("NeuroMCU")]
[assembly: AssemblyVersion("0.1.0.0")]

// The tests that run on the device and on .NET: one source, two names.
[assembly: InternalsVisibleTo("NFUnitTest")]
[assembly: InternalsVisibleTo("NeuroMCU.DeviceTests")]
[assembly: InternalsVisibleTo("NeuroMCU.Hardware.Tests")]
