namespace Gateway.Actors.Settings;

/// <summary>From which importance on something is logged.</summary>
public enum LogLevelSetting
{
    Debug,
    Info,
    Warning,
    Error,
}

/// <summary>How log records look.</summary>
public enum LogFormat
{
    /// <summary>Text on a terminal, JSON elsewhere.</summary>
    Auto,
    /// <summary>One JSON object per line.</summary>
    Json,
    /// <summary>For human eyes.</summary>
    Text,
}

/// <summary>The log.</summary>
public sealed record LogSettings
{
    public LogLevelSetting Level { get; init; } = LogLevelSetting.Info;

    /// <summary>The file that it goes to; null for standard error.</summary>
    public string? File { get; init; }

    public LogFormat Format { get; init; } = LogFormat.Auto;

    /// <summary>One record for each session that closes.</summary>
    public bool Sessions { get; init; } = true;
}
