namespace Akka.Event;

/// <summary>The log class of sources that are strings.</summary>
public class DummyClassForStringSources
{
}
