// Package access decides who may do what to which organization, collection and
// item.
//
// Rights are read from the database inside the transaction that acts, in one
// statement per question, so that a change of role or a removal bites at once,
// for every token and on every node. The decisions themselves are pure: a table
// of acts against roles and permissions (rights.go) and the combination of collection rows
// (item.go), tested without a database.
//
// Only confirmed members of an enabled organization, and confirmed people of an
// enabled provider that manages it, have any right at all, and the organization
// itself, which acts by its API key (publicapi.go). Whoever has none gets
// fault.Absent, the same answer as for a thing that does not exist.
//
// When staff of a provider read items of a client, or who has which collection,
// that is noted in both logs, once in an hour for each person and client
// (visit.go): an entry for each of the hundred items of a list would hide more
// than it tells. What staff change has an entry each time, which names the
// provider in both logs.
package access
