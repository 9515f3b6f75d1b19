// Package events is the surface to which clients report what only they can see:
// that an item was viewed, copied or exported.
package events
