namespace Gateway.Node.Terminal.Top;

/// <summary>Which sessions stand first.</summary>
internal enum TopSort
{
    /// <summary>Those that move the most octets now.</summary>
    Traffic,
    /// <summary>Those that have moved the most.</summary>
    Total,
    Newest,
    Oldest,
}
