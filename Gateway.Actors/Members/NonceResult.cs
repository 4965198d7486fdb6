namespace Gateway.Actors.Members;

/// <summary>What became of a nonce.</summary>
public enum NonceResult
{
    /// <summary>It is remembered now.</summary>
    New,
    /// <summary>It was seen before.</summary>
    Repeated,
    /// <summary>More legs have come than can be told apart.</summary>
    Full,
}
