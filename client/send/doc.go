// Package send shares a text or a file once, with people who need no account.
//
// An account makes, lists, changes and deletes its own Sends:
//
//	sends := send.Of(session)
//	made, err := sends.Create(ctx, send.Send{Name: "For Ben", Text: "…", Deletion: tomorrow})
//	address := sends.Link(made).URL()
//
// Whoever has the address opens it; the key is in the part of it that never
// reaches a server:
//
//	link, err := send.ParseLink(address)
//	received, err := link.Open(ctx, nil, send.Proof{Password: password})
//
// The constructions are in package seal. Files are encrypted and decrypted here,
// whole and in memory.
package send
