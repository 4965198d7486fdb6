namespace Gateway.Actors.Listeners;

internal static class ListExtensions
{
    /// <summary>Takes out the first item that fits; the default value when there is none.</summary>
    public static T? TakeFirst<T>(this List<T> list, Predicate<T> fits)
    {
        var place = list.FindIndex(fits);
        if (place < 0)
            return default;
        var taken = list[place];
        list.RemoveAt(place);
        return taken;
    }
}
