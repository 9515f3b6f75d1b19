// Package hub holds the sockets that apps have open, and delivers messages to them.
//
// It decides nothing about who hears what: a message names its people (package push). A
// socket has a reader and a short queue; what writes to it lives only as long as there
// is something to write. A socket that cannot keep up is dropped and not waited for: its
// app connects again and fetches what it missed.
//
//	opened → welcomed (its client has said hello) → closed
//
// Sockets of people are open as long as the log-in behind them holds. They end with
// the log-in: by the message LogOut, and, whatever else ended it, by Check. That the
// access token expires does not end them, as on official servers: apps renew it only
// when they have something to ask, and a socket tells nothing but ids and dates.
// Anonymous sockets wait for the answer to one log-in request, and not for long.
package hub
