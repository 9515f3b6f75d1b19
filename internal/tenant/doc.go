// Package tenant keeps organizations themselves: name, plan, seats, keys, API key
// and settings, from their beginning to their end. It owns the table organizations.
//
// Who belongs to an organization and what is shared there is in package org, and
// who may do what in package access.
package tenant
