// NeuroMCU, MIT licence. See LICENSE in the repository root.

using FsCheck;
using FsCheck.Fluent;
using NeuroMCU.Devices;
using NeuroMCU.Files.Diagnostics;

namespace NeuroMCU.Devices.Tests.Clients;

public sealed class DeviceAddressTests
{
    [Theory]
    [InlineData(null, "virtual")]
    [InlineData("", "virtual")]
    [InlineData("virtual", "virtual")]
    [InlineData("virtual:ideal", "virtual:ideal")]
    [InlineData("tcp://10.0.0.7:99", "tcp://10.0.0.7:99")]
    [InlineData("TCP://host", "tcp://host:5333")]
    [InlineData("tcp://[::1]:99", "tcp://[::1]:99")]
    [InlineData("serial:/dev/ttyUSB0", "serial:/dev/ttyUSB0")]
    [InlineData("/dev/pts/3", "serial:/dev/pts/3")]
    [InlineData("/home/me/port", "serial:/home/me/port")]
    [InlineData("COM3", "serial:COM3")]
    [InlineData("id:0001A", "id:0001A")]
    [InlineData("/dev/ttyUSB0@115200", "serial:/dev/ttyUSB0@115200")]
    [InlineData("COM12@9600", "serial:COM12@9600")]
    [InlineData("id:0001A@115200", "id:0001A@115200")]
    public void Every_form_is_understood_and_written_back_the_same(string? text, string expected)
    {
        DeviceAddress address = DeviceAddress.Parse(text);
        Assert.Equal(expected, address.ToString());
        Assert.Equal(address, DeviceAddress.Parse(address.ToString()));
    }

    [Fact]
    public void Whatever_is_typed_is_an_address_or_refused_as_none()
    {
        Check.QuickThrowOnFailure(Prop.ForAll<NonNull<string>, int>((text, form) =>
        {
            string address = ((string[])["", "tcp://", "tcp://[", "serial:", "id:", "virtual:", "COM", "/"])[(form & int.MaxValue) % 8]
                + text.Get;
            try
            {
                return string.Equals(DeviceAddress.Parse(address).ToString(), DeviceAddress.Parse(DeviceAddress.Parse(address).ToString())
                    .ToString(), System.StringComparison.Ordinal);
            }
            catch (DeviceException problem)
            {
                return problem.Kind == DeviceErrorKind.AddressInvalid;
            }
        }));
    }

    [Theory]
    [InlineData("tcp://", "host name")]
    [InlineData("tcp://host:0", "'0' is no TCP port")]
    [InlineData("tcp://host:70000", "'70000' is no TCP port")]
    [InlineData("tcp://host:x", "'x' is no TCP port")]
    [InlineData("tcp:host:5", "tcp://HOST:PORT")]
    [InlineData("virtual:", "cost profile")]
    [InlineData("serial:", "port after")]
    [InlineData("id:", "USB serial number")]
    [InlineData("usb0", "'usb0' is no kind")]
    [InlineData("/dev/ttyUSB0@fast", "'fast' is no rate")]
    [InlineData("id:7@1", "'1' is no rate")]
    [InlineData("serial:@9600", "port before")]
    public void What_is_no_address_is_refused_with_the_reason_and_the_forms(string text, string why)
    {
        var problem = Assert.Throws<DeviceException>(() => DeviceAddress.Parse(text));
        Assert.Equal(DeviceErrorKind.AddressInvalid, problem.Kind);
        Assert.Contains(text, problem.Message, System.StringComparison.Ordinal);
        Assert.Contains(why, problem.Why!, System.StringComparison.Ordinal);
        Assert.Contains("neuromcu devices", problem.Next!, System.StringComparison.Ordinal);
    }
}
