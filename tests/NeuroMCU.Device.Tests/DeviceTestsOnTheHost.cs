// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Linq;
using System.Reflection;
using System.Runtime.ExceptionServices;
using nanoFramework.TestFramework;
using NeuroMCU.DeviceTests;

namespace NeuroMCU.Device.Tests
{
    /// <summary>
    /// Runs the tests of <c>tests/device</c>, the very files that the device runs, on .NET. Their golden values are the same on both
    /// sides, which is how results are held bit-identical between .NET and nanoCLR.
    /// </summary>
    public sealed class DeviceTestsOnTheHost
    {
        /// <summary>Class and method of every device test.</summary>
        public static TheoryData<string, string> DeviceTests()
        {
            var tests = new TheoryData<string, string>();
            var methods =
                from type in typeof(ArithmeticTests).Assembly.GetTypes()
                where type.IsDefined(typeof(TestClassAttribute))
                from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
                where method.IsDefined(typeof(TestMethodAttribute))
                orderby type.Name, method.Name
                select method;
            foreach (var method in methods)
            {
                tests.Add(method.DeclaringType!.FullName!, method.Name);
            }

            return tests;
        }

        [Theory]
        [MemberData(nameof(DeviceTests))]
        public void Device_test_passes(string testClass, string method)
        {
            var type = typeof(ArithmeticTests).Assembly.GetType(testClass, throwOnError: true)!;
            try
            {
                type.GetMethod(method)!.Invoke(Activator.CreateInstance(type), null);
            }
            catch (TargetInvocationException failure) when (failure.InnerException is { } cause)
            {
                ExceptionDispatchInfo.Throw(cause);
            }
        }

        [Fact]
        public void Device_tests_keep_their_state_in_static_fields()
        {
            // The launcher on the device calls instance methods without an instance.
            var fields =
                from type in typeof(ArithmeticTests).Assembly.GetTypes()
                where type.IsDefined(typeof(TestClassAttribute))
                from field in type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
                select $"{type.Name}.{field.Name}";

            Xunit.Assert.Empty(fields);
        }
    }
}
