namespace Gateway.Node.Status.Json;

/// <summary>What one gateway of several answers.</summary>
public interface INodeAnswer
{
    /// <summary>Its name.</summary>
    string Node { get; }

    /// <summary>Why it did not answer.</summary>
    string? Error { get; }
}
