namespace Gateway.Transport;

/// <summary>How a lookup ended.</summary>
public enum ResolveStatus : byte
{
    Found,
    /// <summary>No such name, or no record of this kind.</summary>
    NotFound,
    /// <summary>The name server did not answer or failed; later it may.</summary>
    Temporary,
    /// <summary>Too many lookups wait already.</summary>
    Overloaded,
}
