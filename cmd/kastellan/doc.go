// Command kastellan is the server and its tools: one file per command. Commands
// read settings, call package app or client, and print; they decide nothing.
package main
