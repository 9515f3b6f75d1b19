// Package events is the surface of the audit log: clients report to it what only
// they can see, that an item was viewed, copied or exported, and read it page by
// page.
package events
