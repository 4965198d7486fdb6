using System.Numerics;

namespace Gateway.Actors.Routing;

/// <summary>
/// The routes that can match at all, by command and kinds of destination, each list in the order of the file: of many routes a question
/// looks at those about names, or about IPv4, and not at the rest.
/// </summary>
internal sealed class RouteCandidates
{
    private const int Kinds = (int)DestinationKinds.All + 1;

    private readonly Route[][] _lists = new Route[BitOperations.PopCount((uint)RouteCommands.All) * Kinds][];

    public RouteCandidates(IReadOnlyList<Route> routes)
    {
        for (var list = 0; list < _lists.Length; list++)
        {
            var (command, kinds) = ((RouteCommands)(1 << list / Kinds), (DestinationKinds)(list % Kinds));
            _lists[list] = [.. routes.Where(route => (route.Commands & command) != 0 && (route.To.Holds & kinds) != 0)];
        }
    }

    /// <param name="command">One command, or none, for which there is no route.</param>
    /// <param name="kinds">Those of which the target is at least one.</param>
    public ReadOnlySpan<Route> For(RouteCommands command, DestinationKinds kinds) =>
        command == RouteCommands.None ? [] : _lists[BitOperations.TrailingZeroCount((uint)command) * Kinds + (int)kinds];
}
