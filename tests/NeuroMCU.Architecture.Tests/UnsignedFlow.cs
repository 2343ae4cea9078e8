// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace NeuroMCU.Architecture.Tests;

/// <summary>
/// Finds instructions that .NET and nanoCLR answer differently because of where their operand came from. On nanoCLR a value carries the
/// type of the slot that it was loaded from, and C# writes no instruction for a cast between <c>int</c> and <c>uint</c>: so
/// <c>(int)word &gt;&gt; 18</c> of a <c>uint</c> shifts zeros in there, and sign bits on .NET. The same holds for <c>%</c> and for
/// conversions to <c>long</c>, <c>float</c> and <c>double</c>. Sums and the like have the type of their first operand, and an argument or
/// a result keeps the type that the value had before; only a store into a variable, a field or an array makes it that of the place.
/// </summary>
internal sealed class UnsignedFlow
{
    private readonly Dictionary<string, MethodDefinition> _methods;
    private readonly ILookup<string, MethodDefinition> _virtuals;
    private readonly HashSet<string> _handedOver = new(StringComparer.Ordinal);
    private readonly List<string> _violations = [];
    private bool _changed;

    private UnsignedFlow(IEnumerable<MethodDefinition> methods)
    {
        // Two assemblies may compile one file: its methods are the same in both.
        _methods = methods.DistinctBy(method => method.FullName).ToDictionary(method => method.FullName, StringComparer.Ordinal);
        _virtuals = _methods.Values.Where(method => method.IsVirtual).ToLookup(Shape, StringComparer.Ordinal);
    }

    /// <summary>All such places in the given methods, which may call each other, one sentence each.</summary>
    public static IReadOnlyList<string> Check(IEnumerable<MethodDefinition> methods)
    {
        var flow = new UnsignedFlow(methods);
        do
        {
            flow._changed = false;
            flow._violations.Clear();
            foreach (var method in flow._methods.Values.Where(method => method.HasBody))
            {
                new Walk(method, flow).Run();
            }
        }
        while (flow._changed);

        return flow._violations.Distinct(StringComparer.Ordinal).ToList();
    }

    private static string Shape(MethodReference method) => method.Name.Split('.')[^1] + "/"
        + method.Parameters.Count.ToString(CultureInfo.InvariantCulture);

    // An index of -1 is the result.
    private static string Place(MethodReference method, int index) => method.FullName + "#" + index.ToString(CultureInfo.InvariantCulture);

    private bool IsHandedOver(MethodReference method, int index) => _handedOver.Contains(Place(method, index));

    private void HandOver(MethodReference method, int index)
    {
        IEnumerable<MethodReference> same = _methods.TryGetValue(method.FullName, out var definition) && definition.IsVirtual
            ? _virtuals[Shape(method)] : [];
        foreach (var target in same.Append(method))
        {
            _changed |= _handedOver.Add(Place(target, index));
        }
    }

    /// <summary>Walks one method along all its paths with the types that nanoCLR gives to what is on the stack; null is any other
    /// type.</summary>
    private sealed class Walk
    {
        private readonly MethodDefinition _method;
        private readonly UnsignedFlow _flow;
        private readonly TypeSystem _types;
        private readonly Dictionary<Instruction, TypeReference?[]> _before = [];
        private readonly Stack<Instruction> _open = [];
        private List<TypeReference?> _stack = [];

        public Walk(MethodDefinition method, UnsignedFlow flow)
        {
            _method = method;
            _flow = flow;
            _types = method.Module.TypeSystem;
        }

        public void Run()
        {
            Enter(_method.Body.Instructions[0], []);
            foreach (var handler in _method.Body.ExceptionHandlers)
            {
                var caught = handler.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter;
                Enter(handler.HandlerStart, caught ? [null] : []);
                if (handler.FilterStart != null)
                {
                    Enter(handler.FilterStart, [null]);
                }
            }

            while (_open.TryPop(out var instruction))
            {
                Step(instruction);
            }
        }

        // A place is walked again when it is reached with an unsigned value where there was none before.
        private void Enter(Instruction? instruction, IReadOnlyList<TypeReference?> stack)
        {
            if (instruction == null)
            {
                return;
            }

            if (!_before.TryGetValue(instruction, out var known))
            {
                _before.Add(instruction, [.. stack]);
                _open.Push(instruction);
                return;
            }

            for (var k = 0; k < known.Length; k++)
            {
                if (IsUnsigned(stack[k]) && !IsUnsigned(known[k]))
                {
                    known[k] = stack[k];
                    _open.Push(instruction);
                }
            }
        }

        private void Step(Instruction instruction)
        {
            _stack = [.. _before[instruction]];
            Execute(instruction);
            switch (instruction.OpCode.FlowControl)
            {
                case FlowControl.Branch:
                    Enter((Instruction)instruction.Operand, instruction.OpCode.Code is Code.Leave or Code.Leave_S ? [] : _stack);
                    break;
                case FlowControl.Return or FlowControl.Throw:
                    break;
                case FlowControl.Cond_Branch:
                    foreach (var target in instruction.Operand as Instruction[] ?? [(Instruction)instruction.Operand])
                    {
                        Enter(target, _stack);
                    }

                    Enter(instruction.Next, _stack);
                    break;
                default:
                    Enter(instruction.Next, _stack);
                    break;
            }
        }

        private void Execute(Instruction instruction)
        {
            switch (instruction.OpCode.Code)
            {
                case Code.Shr or Code.Rem:
                    Refuse(instruction, _stack[^2]);
                    Keep(pops: 2, from: _stack[^2]);
                    break;
                case Code.Conv_I8 or Code.Conv_R4 or Code.Conv_R8:
                    Refuse(instruction, _stack[^1]);
                    Keep(pops: 1, from: instruction.OpCode.Code == Code.Conv_I8 ? _types.Int64 : null);
                    break;
                case Code.Add or Code.Sub or Code.Mul or Code.Div or Code.Div_Un or Code.Rem_Un or Code.And or Code.Or or Code.Xor
                    or Code.Shl or Code.Shr_Un:
                    Keep(pops: 2, from: _stack[^2]);
                    break;
                case Code.Neg or Code.Not:
                    break;
                case Code.Conv_U4 or Code.Conv_U or Code.Ldelem_U4 or Code.Ldind_U4:
                    Keep(PopsOf(instruction), _types.UInt32);
                    break;
                case Code.Conv_U8:
                    Keep(pops: 1, from: _types.UInt64);
                    break;
                case Code.Ldelem_I4 or Code.Ldelem_I8:
                    Keep(pops: 2, from: (_stack[^2] as ArrayType)?.ElementType);
                    break;
                case Code.Ldind_I4 or Code.Ldind_I8:
                    Keep(pops: 1, from: (_stack[^1] as TypeSpecification)?.ElementType);
                    break;
                case Code.Ldelem_Any:
                    Keep(pops: 2, from: (TypeReference)instruction.Operand);
                    break;
                case Code.Ldobj or Code.Unbox_Any:
                    Keep(pops: 1, from: (TypeReference)instruction.Operand);
                    break;
                case Code.Ldelema:
                    Keep(pops: 2, from: new ByReferenceType((TypeReference)instruction.Operand));
                    break;
                case Code.Ldfld or Code.Ldsfld:
                    Keep(PopsOf(instruction), ((FieldReference)instruction.Operand).FieldType);
                    break;
                case Code.Ldflda or Code.Ldsflda:
                    Keep(PopsOf(instruction), new ByReferenceType(((FieldReference)instruction.Operand).FieldType));
                    break;
                case Code.Dup:
                    _stack.Add(_stack[^1]);
                    break;
                case Code.Call or Code.Callvirt or Code.Newobj:
                    Call(instruction, (MethodReference)instruction.Operand);
                    break;
                case Code.Ret:
                    if (_method.ReturnType.MetadataType != MetadataType.Void && IsUnsigned(_stack[^1]))
                    {
                        _flow.HandOver(_method, -1);
                    }

                    break;
                case Code.Calli:
                    var site = (CallSite)instruction.Operand;
                    Keep(site.Parameters.Count + 1, site.ReturnType);
                    break;
                default:
                    Other(instruction);
                    break;
            }
        }

        private void Other(Instruction instruction)
        {
            if (VariableOf(instruction) is { } loaded)
            {
                _stack.Add(loaded);
                return;
            }

            _stack.RemoveRange(_stack.Count - PopsOf(instruction), PopsOf(instruction));
            for (var pushed = PushesOf(instruction); pushed > 0; pushed--)
            {
                _stack.Add(null);
            }
        }

        private void Call(Instruction instruction, MethodReference called)
        {
            var count = called.Parameters.Count;
            for (var k = 0; k < count; k++)
            {
                if (IsUnsigned(_stack[_stack.Count - count + k]))
                {
                    _flow.HandOver(called, k);
                }
            }

            var created = instruction.OpCode.Code == Code.Newobj;
            _stack.RemoveRange(_stack.Count - PopsOfCall(called, created), PopsOfCall(called, created));
            if (created || called.ReturnType.MetadataType != MetadataType.Void)
            {
                _stack.Add(created ? called.DeclaringType : Received(called, -1, called.ReturnType));
            }
        }

        // The type of an argument or a result: the unsigned one of its size if any caller, or any return, handed over such a value.
        private TypeReference Received(MethodReference method, int index, TypeReference declared) =>
            !_flow.IsHandedOver(method, index) ? declared : Underlying(declared).MetadataType == MetadataType.Int64 ? _types.UInt64
            : _types.UInt32;

        private static int PopsOfCall(MethodReference called, bool created)
            => called.Parameters.Count + (called.HasThis && !created ? 1 : 0);

        private void Keep(int pops, TypeReference? from)
        {
            _stack.RemoveRange(_stack.Count - pops, pops);
            _stack.Add(from);
        }

        private void Refuse(Instruction instruction, TypeReference? operand)
        {
            var alike = instruction.OpCode.Code switch
            {
                Code.Conv_I8 => IsLong(operand),
                Code.Shr => LosesSign(instruction, IsLong(operand) ? 64 : 32),
                _ => false,
            };
            if (IsUnsigned(operand) && !alike)
            {
                _flow._violations.Add($"{_method.FullName}: {instruction.OpCode.Name} of a value from an unsigned slot");
            }
        }

        // What was shifted in falls away where no more than the bits below it are kept, as in (byte)(value >> 24) of an int.
        private static bool LosesSign(Instruction shift, int size)
        {
            var kept = shift.Next.OpCode.Code switch
            {
                Code.Conv_I1 or Code.Conv_U1 => 8,
                Code.Conv_I2 or Code.Conv_U2 => 16,
                Code.Conv_I4 or Code.Conv_U4 => 32,
                _ => size,
            };
            int? by = shift.Previous.OpCode.Code switch
            {
                >= Code.Ldc_I4_0 and <= Code.Ldc_I4_8 => shift.Previous.OpCode.Code - Code.Ldc_I4_0,
                Code.Ldc_I4_S => (sbyte)shift.Previous.Operand,
                _ => null,
            };
            return by + kept <= size;
        }

        private TypeReference? VariableOf(Instruction instruction)
        {
            var body = _method.Body;
            return instruction.OpCode.Code switch
            {
                Code.Ldloc_0 or Code.Ldloc_1 or Code.Ldloc_2 or Code.Ldloc_3 =>
                    body.Variables[instruction.OpCode.Code - Code.Ldloc_0].VariableType,
                Code.Ldloc or Code.Ldloc_S => ((VariableDefinition)instruction.Operand).VariableType,
                Code.Ldloca or Code.Ldloca_S => new ByReferenceType(((VariableDefinition)instruction.Operand).VariableType),
                Code.Ldarg_0 or Code.Ldarg_1 or Code.Ldarg_2 or Code.Ldarg_3 => Argument(instruction.OpCode.Code - Code.Ldarg_0),
                Code.Ldarg or Code.Ldarg_S => Argument(((ParameterDefinition)instruction.Operand).Index + (_method.HasThis ? 1 : 0)),
                Code.Ldarga or Code.Ldarga_S => new ByReferenceType(((ParameterDefinition)instruction.Operand).ParameterType),
                _ => null,
            };
        }

        private TypeReference Argument(int position)
        {
            var index = position - (_method.HasThis ? 1 : 0);
            return index < 0 ? _method.DeclaringType : Received(_method, index, _method.Parameters[index].ParameterType);
        }

        private static bool IsUnsigned(TypeReference? type) =>
            type != null && Underlying(type).MetadataType is MetadataType.UInt32 or MetadataType.UInt64 or MetadataType.UIntPtr;

        private static bool IsLong(TypeReference? type) => type != null && Underlying(type).MetadataType == MetadataType.UInt64;

        private static TypeReference Underlying(TypeReference type) =>
            type.MetadataType == MetadataType.ValueType && type.Resolve() is { IsEnum: true } definition
            ? definition.GetEnumUnderlyingType() : type;

        private int PopsOf(Instruction instruction) => instruction.OpCode.StackBehaviourPop switch
        {
            StackBehaviour.Pop0 => 0,
            StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
            StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8
                or StackBehaviour.Popi_popr4 or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
            StackBehaviour.Popi_popi_popi or StackBehaviour.Popref_popi_popi or StackBehaviour.Popref_popi_popi8
                or StackBehaviour.Popref_popi_popr4 or StackBehaviour.Popref_popi_popr8 or StackBehaviour.Popref_popi_popref => 3,
            StackBehaviour.PopAll => _stack.Count,
            _ => throw new InvalidOperationException($"{_method.FullName}: {instruction} takes an unknown number of values"),
        };

        private static int PushesOf(Instruction instruction) => instruction.OpCode.StackBehaviourPush switch
        {
            StackBehaviour.Push0 => 0,
            StackBehaviour.Push1_push1 => 2,
            _ => 1,
        };
    }
}
