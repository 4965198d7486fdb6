namespace Akka.Streams;

/// <summary>A part of a stream that has not been run. Only this assembly makes graphs.</summary>
public interface IGraph<out TShape> where TShape : Shape;

/// <inheritdoc cref="IGraph{TShape}"/>
/// <typeparam name="TShape">Its open ends.</typeparam>
/// <typeparam name="TMaterialized">What whoever runs it gets in hand.</typeparam>
public interface IGraph<out TShape, out TMaterialized> : IGraph<TShape> where TShape : Shape;
