// Package demo fills a server with an invented managed service provider: its
// technicians, its clients with their members, departments, policies and
// collections, some hundred items of every kind, some of them with files, and some
// Sends. Everything goes through the public API with real accounts and real keys,
// so that what one sees is what people would have made.
//
// Filling again continues where it stopped: what is there already is left alone.
//
// All names and addresses are invented; the domain example.test belongs to nobody.
// It owns the story only; the acts are those of package client.
package demo
