namespace SocksLib;

/// <summary>Something that has been begun.</summary>
public interface IPending
{
    /// <summary>Nobody hears of it any more. Harmless when it is over.</summary>
    void Cancel();
}
