// NeuroMCU, MIT licence. See LICENSE in the repository root.

using Mono.Cecil;

namespace NeuroMCU.Architecture.Tests;

/// <summary>Documentation comment IDs of the members that IL refers to; accessors map to their property or event.</summary>
internal static class DocumentationId
{
    /// <summary>ID of a type, such as <c>T:System.Device.Gpio.GpioPin</c>.</summary>
    public static string Of(TypeReference type) => "T:" + NameOf(type.GetElementType());

    /// <summary>ID of a field, such as <c>F:System.String.Empty</c>.</summary>
    public static string Of(FieldReference field) => "F:" + NameOf(field.DeclaringType) + "." + field.Name;

    /// <summary>ID of a method, property or event.</summary>
    public static string Of(MethodReference method)
    {
        var owner = NameOf(method.DeclaringType);
        var parameters = method.Parameters.Select(parameter => NameOf(parameter.ParameterType)).ToArray();
        foreach (var (prefix, kind, valueParameters) in new[] { ("get_", "P:", 0), ("set_", "P:", 1), ("add_", "E:", 1),
            ("remove_", "E:", 1) })
        {
            if (method.Name.StartsWith(prefix, StringComparison.Ordinal))
            {
                var index = parameters.Take(parameters.Length - valueParameters).ToArray();
                return kind + owner + "." + method.Name[prefix.Length..] + Arguments(index);
            }
        }

        var name = method.Name.Replace('.', '#');
        var conversion = method.Name is "op_Implicit" or "op_Explicit" ? "~" + NameOf(method.ReturnType) : string.Empty;
        return "M:" + owner + "." + name + Arguments(parameters) + conversion;
    }

    private static string Arguments(string[] names) => names.Length == 0 ? string.Empty : "(" + string.Join(",", names) + ")";

    private static string NameOf(TypeReference type) => type switch
    {
        ByReferenceType reference => NameOf(reference.ElementType) + "@",
        PointerType pointer => NameOf(pointer.ElementType) + "*",
        ArrayType array => NameOf(array.ElementType) + "[]",
        RequiredModifierType modified => NameOf(modified.ElementType),
        _ => type.FullName.Replace('/', '.'),
    };
}
