using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Akka.Remote")]
[assembly: InternalsVisibleTo("Akka.Cluster")]
[assembly: InternalsVisibleTo("Akka.Streams")]
[assembly: InternalsVisibleTo("Akka.TestKit")]
[assembly: InternalsVisibleTo("Akka.Embedded.Tests")]
