using System.Threading.Channels;
using Gateway.Actors.AddressIds;
using Gateway.Actors.Members;

namespace Gateway.Actors.Handover;

/// <summary>
/// The ADDRESS IDs that are given or used here, for the process that goes on with the gateway: sessions that live here still give some, and keep
/// others from ending. Collects from its making on.
/// </summary>
internal sealed class AddressIdFeed : IDisposable
{
    private readonly Channel<AddressIdEntry> _touched = Channel.CreateUnbounded<AddressIdEntry>(new() { SingleReader = true });
    private readonly AddressIdTable _table;
    private readonly TimeProvider _time;

    public AddressIdFeed(AddressIdTable table, TimeProvider time)
    {
        (_table, _time) = (table, time);
        table.Entered += OnEntered;
        table.Used += OnUsed;
    }

    private TimeSpan Now => _time.GetElapsedTime(0);

    /// <summary>All that live.</summary>
    public IEnumerable<AddressIdCopy> Everything() => _table.Entries().Select(entry => _table.CopyOf(entry, Now)).OfType<AddressIdCopy>();

    /// <summary>Passes on what is collected until this is disposed, or nobody takes it any more.</summary>
    public async Task RunAsync(Func<IReadOnlyList<AddressIdCopy>, bool> pass)
    {
        using (this)
        {
            while (await _touched.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                HashSet<AddressIdEntry> part = [];
                while (part.Count < AddressIdsTold.MostCopies && _touched.Reader.TryRead(out var entry))
                    part.Add(entry);
                AddressIdCopy[] copies = [.. part.Select(entry => _table.CopyOf(entry, Now)).OfType<AddressIdCopy>()];
                if (copies.Length > 0 && !pass(copies))
                    return;
            }
        }
    }

    public void Dispose()
    {
        _table.Entered -= OnEntered;
        _table.Used -= OnUsed;
        _touched.Writer.TryComplete();
    }

    private void OnEntered(AddressIdEntry entry) => _touched.Writer.TryWrite(entry);

    private void OnUsed(AddressIdCopy copy) => _touched.Writer.TryWrite(copy.Entry);
}
