namespace Hocon;

public enum HoconCallbackType
{
    File,
    Url,
    Resource,
}

/// <summary>Answers an include statement with the text to include; null or an empty text: there is none.</summary>
public delegate Task<string> HoconIncludeCallbackAsync(HoconCallbackType callbackType, string value);
