// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace System;

/// <summary>A part of a byte array, as nanoFramework v1 has it in place of Span&lt;byte&gt;.</summary>
public readonly ref struct SpanByte
{
    private readonly byte[]? _array;
    private readonly int _start;
    private readonly int _length;

    /// <summary>Initializes a new instance of the <see cref="SpanByte" /> struct over a whole array.</summary>
    /// <param name="array">The array; null for an empty span.</param>
    public SpanByte(byte[]? array)
    {
        _array = array;
        _start = 0;
        _length = array?.Length ?? 0;
    }

    /// <summary>Initializes a new instance of the <see cref="SpanByte" /> struct over a part of an array.</summary>
    /// <param name="array">The array; null only with 0 and 0.</param>
    /// <param name="start">First byte.</param>
    /// <param name="length">Number of bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part does not lie within the array.</exception>
    public SpanByte(byte[]? array, int start, int length)
    {
        if (start < 0 || length < 0 || (long)start + length > (array?.Length ?? 0))
        {
            throw new ArgumentOutOfRangeException(nameof(start));
        }

        _array = array;
        _start = start;
        _length = length;
    }

    /// <summary>Gets an empty span.</summary>
    public static SpanByte Empty => default;

    /// <summary>Gets the number of bytes.</summary>
    public int Length => _length;

    /// <summary>Gets a value indicating whether there are no bytes.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>Gets or sets a byte.</summary>
    /// <param name="index">0 to <see cref="Length" /> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index lies outside.</exception>
    public byte this[int index]
    {
        get => _array![Check(index)];
        set => _array![Check(index)] = value;
    }

    /// <summary>Makes a span over a whole array.</summary>
    /// <param name="array">The array.</param>
    public static implicit operator SpanByte(byte[]? array) => new(array);

    /// <summary>Copies the bytes.</summary>
    /// <param name="destination">At least as long.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void CopyTo(SpanByte destination)
    {
        if (destination.Length < _length)
        {
            throw new ArgumentException(null, nameof(destination));
        }

        for (int i = 0; i < _length; i++)
        {
            destination[i] = this[i];
        }
    }

    /// <summary>Gets the bytes from a place to the end.</summary>
    /// <param name="start">First byte.</param>
    /// <returns>The part.</returns>
    public SpanByte Slice(int start) => Slice(start, _length - start);

    /// <summary>Gets a part.</summary>
    /// <param name="start">First byte.</param>
    /// <param name="length">Number of bytes.</param>
    /// <returns>The part.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The part does not lie within the span.</exception>
    public SpanByte Slice(int start, int length) =>
        start < 0 || length < 0 || (long)start + length > _length
            ? throw new ArgumentOutOfRangeException(nameof(start))
            : new SpanByte(_array, _start + start, length);

    /// <summary>Copies the bytes to a new array.</summary>
    /// <returns>The array.</returns>
    public byte[] ToArray()
    {
        byte[] result = new byte[_length];
        if (_array is not null)
        {
            Array.Copy(_array, _start, result, 0, _length);
        }

        return result;
    }

    private int Check(int index) =>
        (uint)index < (uint)_length ? _start + index : throw new ArgumentOutOfRangeException(nameof(index));
}
