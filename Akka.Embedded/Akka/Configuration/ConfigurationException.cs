using Akka.Actor;

namespace Akka.Configuration;

/// <summary>A setting is missing, malformed or unknown.</summary>
public class ConfigurationException : AkkaException
{
    public ConfigurationException(string message) : base(message)
    {
    }

    public ConfigurationException(string message, Exception? exception) : base(message, exception)
    {
    }
}
