// Package vault is the surface of items, folders, imports and sync: it decodes
// with limits, makes one call of package vault or syncview, and encodes. Rules
// are none of its business.
package vault
