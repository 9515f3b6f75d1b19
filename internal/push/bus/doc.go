// Package bus carries messages between nodes that share a database, over NATS.
//
// A node delivers what it tells to its own sockets without the bus, so they hear of
// everything also while NATS is away. What others may have missed is found by counting:
// each node numbers what it publishes and repeats its last number now and then, and
// whoever finds a gap has everybody on its node fetch everything. So it does not matter
// where something was lost.
//
// Whoever can write to NATS must not be able to log people out: each packet has a code
// by a key of this server, and a time, so that a recorded one is worth nothing later.
package bus
