// Package overview is what a provider sees of all its clients at once: how each
// of them stands and what waits for somebody, the people in all of them, and a
// dry run of inviting many people into many clients.
//
// It reads the tables of many domains and writes none. All that it counts and
// names is within the reach of whoever asks, sums too: for a technician who is
// assigned to some clients the others do not exist. Every page costs the same
// number of statements for one client and for a thousand.
package overview
