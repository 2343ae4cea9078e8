// NeuroMCU, MIT licence. See LICENSE in the repository root.

using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NeuroMCU.Architecture.Tests;

/// <summary>
/// Everything that a method of the device can reach: its calls, the overrides of what it calls virtually, and so on.
/// Allocations on such a path would make the collector stop a running network.
/// </summary>
internal sealed class HotPath
{
    private readonly Dictionary<string, MethodDefinition> _methods;
    private readonly List<TypeDefinition> _types;

    /// <summary>Reads the modules whose methods may be reached.</summary>
    public HotPath(IEnumerable<ModuleDefinition> modules)
    {
        _types = modules.SelectMany(module => module.GetTypes()).ToList();

        // Two assemblies may compile one file: its methods are the same in both.
        _methods = _types.SelectMany(type => type.Methods).DistinctBy(method => method.FullName)
            .ToDictionary(method => method.FullName, StringComparer.Ordinal);
    }

    /// <summary>Methods reachable from the root, the root included, without those that <paramref name="isCold" /> names.</summary>
    public IReadOnlyCollection<MethodDefinition> From(string typeName, string methodName, Func<MethodDefinition, bool> isCold)
    {
        var root = _types.Single(type => type.FullName == typeName).Methods.Single(method => method.Name == methodName);
        var reached = new Dictionary<string, MethodDefinition>(StringComparer.Ordinal);
        var open = new Stack<MethodDefinition>([root]);
        while (open.TryPop(out var method))
        {
            if (isCold(method) || !reached.TryAdd(method.FullName, method) || !method.HasBody)
            {
                continue;
            }

            foreach (var called in method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>())
            {
                foreach (var target in TargetsOf(called))
                {
                    open.Push(target);
                }
            }
        }

        return reached.Values;
    }

    /// <summary>Allocations in a method, but for the exceptions that it throws.</summary>
    public static IEnumerable<string> AllocationsIn(MethodDefinition method)
    {
        if (!method.HasBody)
        {
            yield break;
        }

        foreach (var instruction in method.Body.Instructions)
        {
            var allocates = instruction.OpCode.Code switch
            {
                Code.Newarr or Code.Box => true,
                Code.Newobj => !IsThrown(instruction) && !IsValueType(instruction),
                Code.Call or Code.Callvirt => instruction.Operand is MethodReference { DeclaringType.FullName: "System.String" } called
                    && called.ReturnType.FullName == "System.String",
                _ => false,
            };
            if (allocates)
            {
                yield return $"{method.FullName}: {instruction.OpCode.Name} {instruction.Operand}";
            }
        }
    }

    private static bool IsThrown(Instruction created) => created.Next?.OpCode.Code == Code.Throw;

    private static bool IsValueType(Instruction created) => ((MethodReference)created.Operand).DeclaringType.IsValueType;

    private IEnumerable<MethodDefinition> TargetsOf(MethodReference called)
    {
        if (!_methods.TryGetValue(called.FullName, out var definition))
        {
            yield break;
        }

        yield return definition;
        if (!definition.IsVirtual)
        {
            yield break;
        }

        foreach (var candidate in _types.SelectMany(type => type.Methods)
            .Where(method => method.IsVirtual && method.Name == definition.Name && method.Parameters.Count == definition.Parameters.Count
                && !ReferenceEquals(method, definition)))
        {
            yield return candidate;
        }
    }
}
