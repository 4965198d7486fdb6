namespace Akka.Actor;

/// <summary>A behaviour. False if the message was not handled.</summary>
public delegate bool Receive(object message);
