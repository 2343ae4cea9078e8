// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Text.RegularExpressions;
using nanoFramework.TestFramework;
using NeuroMCU.DeviceTests;

namespace NeuroMCU.Device.Tests;

/// <summary>
/// Runs the tests of <c>tests/device</c>, the very files that the device runs, on .NET. Their golden values are the same on both
/// sides, which is how results are held bit-identical between .NET and nanoCLR. Set NEUROMCU_UPDATE_GOLDEN=1 to have those that differ
/// written anew; the device has to give them too.
/// </summary>
public sealed partial class DeviceTestsOnTheHost
{
    private const string GoldenPath = "tests/device/NeuroMCU.DeviceTests/Golden.cs";

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
            if (Environment.GetEnvironmentVariable("NEUROMCU_UPDATE_GOLDEN") == "1")
            {
                Renew(cause.Message);
            }

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

    private static void Renew(string differences)
    {
        var path = Path.Combine(LocalizationSampleTests.Root, GoldenPath);
        var text = File.ReadAllText(path);
        foreach (Match difference in Difference().Matches(differences))
        {
            text = text.Replace(
                $" {difference.Groups["name"].Value} = 0x{difference.Groups["wanted"].Value};",
                $" {difference.Groups["name"].Value} = 0x{difference.Groups["got"].Value};",
                StringComparison.Ordinal);
        }

        File.WriteAllText(path, text);
    }

    // As GoldenCheck tells it.
    [GeneratedRegex("(?<name>\\w+) wanted 0x(?<wanted>[0-9A-F]{8}) got 0x(?<got>[0-9A-F]{8});", RegexOptions.ExplicitCapture)]
    private static partial Regex Difference();
}
