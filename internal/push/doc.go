// Package push tells apps at once what has changed: the messages, the hub that open
// sockets hang on, the bus that carries messages between nodes, and the relay to mobile
// phones.
//
// A domain tells a message inside the transaction of its act (Tell). After the commit,
// and only then, Gather makes of everything that the transaction told what goes out.
// Who gets a message is decided in that transaction too, from the same rows as the
// rights themselves: a message names its people, and the hub delivers to nobody else.
//
// Messages hold ids and dates, never content: apps fetch what changed, and the fetch
// asks for rights again.
package push
