// NeuroMCU, MIT licence. See LICENSE in the repository root.

using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NeuroMCU.Architecture.Tests;

/// <summary>
/// What compiled device code must not hold: members that nanoFramework's libraries lack, and IL or metadata that its CLR compiles
/// but cannot run (generics, default interface methods, function pointers, multi-dimensional arrays, localloc, overflow checks, …).
/// </summary>
internal static class DeviceRules
{
    private const int MaxLocals = 255;

    /// <summary>All violations in the given types, one sentence each.</summary>
    public static IEnumerable<string> Check(IEnumerable<TypeDefinition> types, Func<string, bool> isDeviceAssembly) =>
        types.SelectMany(type => CheckType(type, isDeviceAssembly)).Distinct(StringComparer.Ordinal);

    /// <summary>All types of a module, nested ones included, without those that the compiler adds for itself.</summary>
    public static IEnumerable<TypeDefinition> TypesOf(ModuleDefinition module) =>
        module.GetTypes().Where(type => type.Name != "<Module>");

    private static IEnumerable<string> CheckType(TypeDefinition type, Func<string, bool> isDeviceAssembly)
    {
        if (type.HasGenericParameters)
        {
            yield return $"{type.FullName}: generic type";
        }

        foreach (var reference in new[] { type.BaseType }.Concat(type.Interfaces.Select(item => item.InterfaceType))
            .Where(item => item != null))
        {
            foreach (var violation in CheckTypeReference(type.FullName, reference, isDeviceAssembly))
            {
                yield return violation;
            }
        }

        foreach (var field in type.Fields)
        {
            foreach (var violation in CheckTypeReference(field.FullName, field.FieldType, isDeviceAssembly))
            {
                yield return violation;
            }
        }

        foreach (var method in type.Methods)
        {
            foreach (var violation in CheckMethod(method, isDeviceAssembly))
            {
                yield return violation;
            }
        }
    }

    private static IEnumerable<string> CheckMethod(MethodDefinition method, Func<string, bool> isDeviceAssembly)
    {
        var place = method.FullName;
        if (method.HasGenericParameters)
        {
            yield return $"{place}: generic method";
        }

        if (method.DeclaringType.IsInterface && method.HasBody && !method.IsStatic)
        {
            yield return $"{place}: interface method with a body";
        }

        var signature = method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType);
        var locals = method.HasBody ? method.Body.Variables.Select(variable => variable.VariableType) : [];
        foreach (var violation in signature.Concat(locals).SelectMany(used => CheckTypeReference(place, used, isDeviceAssembly)))
        {
            yield return violation;
        }

        if (!method.HasBody)
        {
            yield break;
        }

        if (method.Body.Variables.Count > MaxLocals)
        {
            yield return $"{place}: {method.Body.Variables.Count} locals, the CLR takes {MaxLocals}";
        }

        foreach (var instruction in method.Body.Instructions)
        {
            if (Refusal(instruction) is { } reason)
            {
                yield return $"{place}: {reason}";
            }

            var violations = instruction.Operand switch
            {
                MethodReference called => CheckMember(place, called, isDeviceAssembly),
                FieldReference field => CheckMember(place, field, isDeviceAssembly),
                TypeReference used => CheckTypeReference(place, used, isDeviceAssembly),
                _ => [],
            };
            foreach (var violation in violations)
            {
                yield return violation;
            }
        }
    }

    private static string? Refusal(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Localloc => "stackalloc (localloc)",
        Code.Calli => "function pointer call (calli)",
        Code.Cpblk or Code.Initblk => "block copy (cpblk, initblk)",
        Code.Volatile => "volatile access",
        Code.Tail => "tail call",
        Code.Constrained => "constrained call",
        Code.Add_Ovf or Code.Add_Ovf_Un or Code.Sub_Ovf or Code.Sub_Ovf_Un or Code.Mul_Ovf or Code.Mul_Ovf_Un =>
            "overflow check (never throws on the device)",
        >= Code.Conv_Ovf_I1_Un and <= Code.Conv_Ovf_U_Un => "overflow check (never throws on the device)",
        Code.Conv_Ovf_I1 or Code.Conv_Ovf_U1 or Code.Conv_Ovf_I2 or Code.Conv_Ovf_U2 or Code.Conv_Ovf_I4 or Code.Conv_Ovf_U4
            or Code.Conv_Ovf_I8 or Code.Conv_Ovf_U8 or Code.Conv_Ovf_I or Code.Conv_Ovf_U => "overflow check (never throws on the device)",
        _ => null,
    };

    private static IEnumerable<string> CheckMember(string place, MemberReference member, Func<string, bool> isDeviceAssembly)
    {
        if (member is GenericInstanceMethod)
        {
            return [$"{place}: call of a generic method {member.Name}"];
        }

        if (member.DeclaringType is ArrayType)
        {
            return [$"{place}: multi-dimensional array"];
        }

        var declaring = CheckTypeReference(place, member.DeclaringType, isDeviceAssembly);
        if (isDeviceAssembly(ScopeOf(member.DeclaringType)))
        {
            return declaring;
        }

        var id = member is MethodReference method ? DocumentationId.Of(method) : DocumentationId.Of((FieldReference)member);
        return ApiList.Contains(id) ? declaring : declaring.Append($"{place}: {id} is not in nanoFramework's libraries");
    }

    private static IEnumerable<string> CheckTypeReference(string place, TypeReference type, Func<string, bool> isDeviceAssembly)
    {
        switch (type)
        {
            case ArrayType { Rank: > 1 }:
                return [$"{place}: multi-dimensional array"];
            case GenericInstanceType or GenericParameter:
                return [$"{place}: generic type {type.FullName}"];
            case FunctionPointerType:
                return [$"{place}: function pointer"];
            case TypeSpecification specification:
                return CheckTypeReference(place, specification.ElementType, isDeviceAssembly);
            default:
                if (type.FullName == "System.Decimal")
                {
                    return [$"{place}: decimal"];
                }

                return isDeviceAssembly(ScopeOf(type)) || ApiList.Contains(DocumentationId.Of(type))
                    ? []
                    : [$"{place}: {DocumentationId.Of(type)} is not in nanoFramework's libraries"];
        }
    }

    private static string ScopeOf(TypeReference type) => type.GetElementType().Scope switch
    {
        AssemblyNameReference assembly => assembly.Name,
        ModuleDefinition module => module.Assembly.Name.Name,
        _ => string.Empty,
    };
}
