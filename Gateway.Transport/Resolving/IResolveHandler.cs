namespace Gateway.Transport;

/// <summary>Who hears the result of a lookup, on the loop's thread, never from inside the asking call.</summary>
public interface IResolveHandler
{
    void OnResolved(ResolveQuery query, ResolveResult result);
}
