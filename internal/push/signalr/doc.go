// Package signalr writes and reads the part of the SignalR protocol that apps use to
// hear of changes: the handshake, and messages in the MessagePack form.
//
// It knows bytes alone: neither sockets, nor what a message says.
package signalr
