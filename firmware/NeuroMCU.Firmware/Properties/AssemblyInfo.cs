// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Reflection;
using System.Runtime.CompilerServices;

[assembly: AssemblyTitle("NeuroMCU.Firmware")]
[assembly: AssemblyCompany("NeuroMCU contributors")]
[assembly: AssemblyProduct("NeuroMCU")]
[assembly: AssemblyVersion("0.1.0.0")]

// The tests that run on the device and on .NET: one source, two names.
[assembly: InternalsVisibleTo("NFUnitTest")]
[assembly: InternalsVisibleTo("NeuroMCU.DeviceTests")]

// And those that run on .NET alone.
[assembly: InternalsVisibleTo("NeuroMCU.Firmware.Tests")]
[assembly: InternalsVisibleTo("NeuroMCU.Networks.Tests")]
[assembly: InternalsVisibleTo("NeuroMCU.Devices.Tests")]
[assembly: InternalsVisibleTo("NeuroMCU.Laboratory.Tests")]
