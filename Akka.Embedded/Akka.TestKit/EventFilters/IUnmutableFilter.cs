namespace Akka.TestKit;

/// <summary>Silenced log events; disposing it lets them be heard again.</summary>
public interface IUnmutableFilter : IDisposable
{
    void Unmute();
}
