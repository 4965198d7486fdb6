namespace Akka.Contract.Tests.Serialization;

public sealed record Note(string Text) : INote;
