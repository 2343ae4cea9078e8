// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Reflection;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Tests.Shared;

/// <summary>
/// Counts what an engine takes on nanoFramework's heap, in cells of 12 bytes: an object takes one cell and one for each field; an array
/// 20 bytes and its elements, rounded up to cells (an element of a class type is a cell). Static tables of the numerics count as well.
/// </summary>
internal static class HeapWalk
{
    internal static int Count(NetworkEngine engine)
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        int bytes = Walk(engine, seen);
        foreach (FieldInfo field in typeof(Exponential).GetFields(BindingFlags.Static | BindingFlags.NonPublic))
        {
            bytes += field.IsLiteral ? 0 : Walk(field.GetValue(null), seen);
        }

        return bytes;
    }

    private static int Walk(object? value, HashSet<object> seen)
    {
        if (value is null || value.GetType().IsPrimitive || !seen.Add(value))
        {
            return 0;
        }

        if (value is Array array)
        {
            Type element = array.GetType().GetElementType()!;
            int bytes = DeviceMemory.ArrayBytes(array.Length, element.IsPrimitive
                ? Buffer.ByteLength(array) / Math.Max(1, array.Length) : 12);
            if (!element.IsPrimitive)
            {
                foreach (object? item in array)
                {
                    bytes += Walk(item, seen);
                }
            }

            return bytes;
        }

        int fields = 0;
        int below = 0;
        for (Type? type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic
                | BindingFlags.DeclaredOnly))
            {
                fields++;
                below += Walk(field.GetValue(value), seen);
            }
        }

        return DeviceMemory.ObjectBytes(fields) + below;
    }
}
