// Package providers is the surface of the Provider Portal: the provider's record,
// its people and its clients, under /api/providers.
package providers
