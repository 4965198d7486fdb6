namespace Akka;

/// <summary>It is done; nothing more to say.</summary>
public sealed class Done
{
    public static readonly Done Instance = new();

    private Done()
    {
    }
}
