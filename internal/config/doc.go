// Package config owns the settings of the server: one struct, its defaults, the
// three sources that may change it (file, environment, flags; the later wins),
// the check of every value, and the reference page made from the struct.
//
// A name that it does not know is an error with the nearest known name, since a
// setting that is silently ignored is found out too late. It opens nothing and
// listens nowhere; only SecretKey reads and, once, makes a file.
package config
