namespace Akka.Actor;

/// <summary>Something a system has one of, for as long as it runs.</summary>
public interface IExtension
{
}
