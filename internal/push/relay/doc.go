// Package relay reaches the official apps on phones, which sleep and hold no sockets:
// their maker's relay wakes them through the services of Apple and Google.
//
// The relay learns ids, dates, the kind of a phone and its push token; never content,
// names or addresses. It is told which phones there are (Reconcile), and what happened
// to their people (Run). When it is away, those who missed something are told to fetch
// everything once it is back.
package relay
