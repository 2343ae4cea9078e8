// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace nanoFramework.TestFramework
{
    /// <summary>Marks a class of device tests.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class TestClassAttribute : Attribute
    {
    }

    /// <summary>Marks a device test.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class TestMethodAttribute : Attribute
    {
    }
}
