// NeuroMCU, MIT licence. See LICENSE in the repository root.

using Mono.Cecil;

namespace NeuroMCU.Architecture.Tests;

/// <summary>Which types a compiled type speaks of: in its bases, members, attributes and code.</summary>
internal static class TypeArrows
{
    /// <summary>All arrows between types of different namespaces of these modules, compiler-made types left out.</summary>
    /// <param name="modules">The modules; what lies outside of them is no target.</param>
    /// <returns>The arrows, each once.</returns>
    public static IReadOnlyCollection<TypeArrow> Of(IReadOnlyCollection<ModuleDefinition> modules)
    {
        HashSet<string> assemblies = [.. modules.Select(module => module.Assembly.Name.Name)];
        HashSet<TypeArrow> arrows = [];
        foreach (TypeDefinition type in modules.SelectMany(module => module.Types).Where(type => !IsMadeByTheCompiler(type)))
        {
            foreach (TypeReference target in Targets(type).Select(Outermost)
                .Where(target => target.Namespace.Length > 0 && !IsMadeByTheCompiler(target)))
            {
                string assembly = target.Scope is AssemblyNameReference name ? name.Name : type.Module.Assembly.Name.Name;
                if (assemblies.Contains(assembly) && target.Namespace != type.Namespace)
                {
                    _ = arrows.Add(new(type.Module.Assembly.Name.Name, type.Namespace, type.Name, assembly, target.Namespace, target.Name));
                }
            }
        }

        return arrows;
    }

    private static IEnumerable<TypeReference> Targets(TypeDefinition type)
    {
        IEnumerable<TypeReference?> named =
        [
            type.BaseType,
            .. type.Interfaces.Select(implemented => implemented.InterfaceType),
            .. type.CustomAttributes.Select(attribute => attribute.AttributeType),
            .. type.GenericParameters.SelectMany(Constraints),
            .. type.Fields.Select(field => field.FieldType),
            .. type.Methods.SelectMany(InMethod),
            .. type.NestedTypes.SelectMany(Targets),
        ];
        return named.SelectMany(Parts);
    }

    private static IEnumerable<TypeReference?> InMethod(MethodDefinition method)
    {
        IEnumerable<TypeReference?> signature = [.. InSignature(method), .. method.GenericParameters.SelectMany(Constraints)];
        return method.HasBody
            ?
            [
                .. signature,
                .. method.Body.Variables.Select(variable => variable.VariableType),
                .. method.Body.ExceptionHandlers.Select(handler => handler.CatchType),
                .. method.Body.Instructions.SelectMany(instruction => InOperand(instruction.Operand)),
            ]
            : signature;
    }

    private static IEnumerable<TypeReference?> InOperand(object? operand) => operand switch
    {
        TypeReference type => [type],
        MethodReference method => InSignature(method),
        FieldReference field => [field.DeclaringType, field.FieldType],
        _ => [],
    };

    private static IEnumerable<TypeReference> InSignature(MethodReference method) =>
    [
        method.DeclaringType,
        method.ReturnType,
        .. method.Parameters.Select(parameter => parameter.ParameterType),
        .. method is GenericInstanceMethod generic ? generic.GenericArguments : [],
    ];

    private static IEnumerable<TypeReference> Constraints(GenericParameter parameter)
        => parameter.Constraints.Select(constraint => constraint.ConstraintType);

    // An array of lists of spans speaks of three types.
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter or FunctionPointerType => [],
        GenericInstanceType generic => [.. Parts(generic.ElementType), .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification special => Parts(special.ElementType),
        _ => [type],
    };

    private static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType != null)
        {
            type = type.DeclaringType;
        }

        return type;
    }

    private static bool IsMadeByTheCompiler(TypeReference type) => type.Name.Contains('<', StringComparison.Ordinal)
        || type.Name.Contains("__", StringComparison.Ordinal);
}
